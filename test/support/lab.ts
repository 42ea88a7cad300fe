/**
 * The whole product in a folder of its own: Postgres, Temporal, the sandbox and workers as processes that can be killed,
 * and this process as the operator.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf, readConfig } from '../../src/config';
import { connectSite, type Connected } from '../../src/connect';
import { choosePort } from '../../src/embedded/free-port';
import type { Leashed } from '../../src/embedded/leash';
import { startStack, type Stack } from '../../src/embedded/stack';
import { openEngine, settingsAt, type Engine } from '../../src/engine';
import type { Run, RunMode } from '../../src/ports/runs';
import { encryptionKeysFor, startPart, untilReachable } from '../../src/start-processes';
import { startRun } from '../../src/start-run';
import { migrate } from '../../src/store/migrate';
import { openWork } from './open-work';
import { SandboxControls } from './sandbox-controls';
import { until } from './until';

export interface LabOptions {
  /** Arguments of the sandbox beside port, token and data folder. */
  readonly sandbox: Readonly<Record<string, number>>;
  readonly settleMs?: number;
  /** Nothing is polled unless it says so. */
  readonly pollMs?: number;
  readonly heartbeatTimeoutMs?: number;
  /** A server listens, and connecting registers webhooks that arrive there. */
  readonly hooks?: boolean;
  /** Starts Postgres and Temporal in that folder in another way. */
  readonly stack?: (dataDir: string) => Promise<Omit<Stack, 'died'>>;
}

export const site = 'acme';
export const token = 'sandbox-token';

export interface Lab {
  readonly engine: Engine;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Where its server listens. */
  readonly consoleUrl: string;
  readonly sandbox: SandboxControls;
  /** Another account, for another site. */
  startSandbox(data: Readonly<Record<string, number | string>>): Promise<SandboxControls>;
  /** Its environment may say more than its configuration. */
  startWorker(environment?: Readonly<Record<string, string>>): Promise<Leashed>;
  /** Needs `hooks`. */
  startServer(): Promise<Leashed>;
  /** Connects the sandbox's site; its InitialSync waits until it is started. `url`: where the engine reaches it. */
  connect(url?: string): Promise<Connected>;
  startRun(mode?: RunMode): Promise<string>;
  /** Resolves when the run has ended; rejects when nothing of it has moved for long. */
  runEnded(run: string): Promise<Run>;
  close(): Promise<void>;
}

/** Nothing is late by itself, however busy the machine: only what never comes fails. */
const stillForMs = 600_000;
/** What rests as long as this is told, for it is longer than a killed worker's work takes to be given to another. */
const restsForMs = 60_000;
/** Polls that a test does not ask for keep out of its way, however slow the machine. */
const neverMs = 3_600_000;

export async function openLab(options: LabOptions): Promise<Lab> {
  const dataDir = await mkdtemp(join(tmpdir(), 'teamwork-desk-sync-lab-'));
  const own = readConfig({ ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', ENCRYPTION_KEY: '' });
  const stack = await (options.stack?.(dataDir) ?? startStack({ ...own, dataDir, say: () => undefined }));
  const { keys } = encryptionKeysFor(own, dataDir);
  const consolePort = await choosePort({ variable: 'CONSOLE_PORT' });
  const consoleUrl = `http://127.0.0.1:${consolePort}`;
  const config = {
    ...own,
    dataDir,
    consolePort,
    publicUrl: options.hooks === true ? consoleUrl : undefined,
    databaseUrl: stack.databaseUrl,
    temporalUiUrl: stack.temporalUiUrl,
    temporalAddress: stack.temporalAddress,
    encryptionKeys: keys,
    settleMs: options.settleMs ?? own.settleMs,
    heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? own.heartbeatTimeoutMs,
    pollMs: options.pollMs ?? neverMs,
    logLevel: 'warn' as const,
  };
  const around = { dataDir, environment: environmentOf(config) };
  await migrate(stack.databaseUrl);

  const started: Leashed[] = [];
  async function startSandbox(data: Readonly<Record<string, number | string>>): Promise<SandboxControls> {
    const name = `sandbox-${started.length}`;
    const flags = Object.entries(data).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
    const part = await startPart(around, name, 'sandbox/main', [
      ...['--port', '0', '--data', join(dataDir, name)],
      ...['--token', token, '--token', 'user-token', ...flags],
    ]);
    started.push(part);
    return new SandboxControls(await addressOf(part));
  }
  const sandbox = await startSandbox(options.sandbox);

  const engine = await openEngine(settingsAt(config, config));

  return {
    engine,
    dataDir,
    databaseUrl: stack.databaseUrl,
    temporalAddress: stack.temporalAddress,
    consoleUrl,
    sandbox,
    startSandbox,
    async startWorker(environment = {}) {
      const its = { ...around, environment: { ...around.environment, ...environment } };
      const worker = await startPart(its, `worker-${started.length}`, 'worker');
      started.push(worker);
      return worker;
    },
    async startServer() {
      const server = await startPart(around, `server-${started.length}`, 'server');
      started.push(server);
      await untilReachable(`${consoleUrl}/healthz`);
      return server;
    },
    connect: (url = sandbox.url) =>
      connectSite(engine, { site, url, credentials: { teamwork: token, desk: token } }),
    startRun: async (mode = 'sync') => (await startRun(engine, site, mode)).id,
    async runEnded(run) {
      let moved = { to: '', at: Date.now(), told: false };
      for (let looks = 0; ; looks++) {
        if (looks > 0) await new Promise((done) => setTimeout(done, 100));
        const now = await engine.store.run(site, run);
        if (now?.state === 'finished' || now?.state === 'cancelled') return now;
        // It costs several statements, and benches measure what runs beside it.
        if (looks % 50 > 0) continue;
        const place = JSON.stringify([now?.phase, await engine.store.progress(site, run)]);
        if (place !== moved.to) moved = { to: place, at: Date.now(), told: false };
        const restedMs = Date.now() - moved.at;
        if (restedMs > stillForMs)
          throw new Error(`Run ${run} stands still.\n${await openWork(stack)}\n${place}`);
        if (restedMs > restsForMs && !moved.told) {
          console.warn(`Run ${run} rests.\n${await openWork(stack)}\n${place}`);
          moved.told = true;
        }
      }
    },
    async close() {
      await engine.close();
      await Promise.all(started.map((part) => part.stop()));
      await stack.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A port chosen for it could be another's by the time it listens: it takes a free one, and says which. */
async function addressOf(sandbox: Leashed): Promise<string> {
  let end: string | undefined;
  void sandbox.exited.then((how) => (end = how));
  let address: string | undefined;
  await until(() => {
    address = /^sandbox listening on (\S+)/m.exec(sandbox.lastWords())?.[1];
    return (address ?? end) !== undefined;
  });
  if (address === undefined) throw new Error(`The sandbox did not start: ${end}\n${sandbox.lastWords()}`);
  return address;
}
