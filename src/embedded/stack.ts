/** Postgres and Temporal for `npm start`: the operator's own where configured, else started here and watched. */
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import type { Config } from '../config';
import { cacheFolders } from './cache-folder';
import { EmbeddedError } from './embedded-error';
import type { Leashed } from './leash';
import { rememberServer, stopLeftover } from './leftover';
import { takeLock } from './lock-file';
import { ensureDatabase, startPostgres } from './postgres';
import { findTemporal } from './temporal-binary';
import { startTemporalServer } from './temporal-server';

type StackSettings = Pick<
  Config,
  | 'dataDir'
  | 'databaseUrl'
  | 'postgresPort'
  | 'temporalAddress'
  | 'temporalNamespace'
  | 'temporalCliPath'
  | 'temporalUiPort'
  | 'cacheHome'
>;

export interface StackOptions extends StackSettings {
  /** Told each step in one line. */
  readonly say: (line: string) => void;
  /** Aborting ends a start that is under way, a build included. */
  readonly signal?: AbortSignal;
}

export interface StackDeath {
  readonly part: 'Postgres' | 'Temporal';
  /** A clause, with the part's last words. */
  readonly reason: string;
}

export interface Stack {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Undefined for a Temporal server of the operator's own. */
  readonly temporalUiUrl: string | undefined;
  /** Resolves when a part that was started here ends without being asked to; never rejects. */
  readonly died: Promise<StackDeath>;
  /** Ends what was started here; may be called again. */
  stop(): Promise<void>;
}

/** A part that runs; `leashed` where it was started here. */
interface Part {
  readonly name: StackDeath['part'];
  readonly address: string;
  readonly uiUrl?: string | undefined;
  readonly leashed?: Leashed;
}

const databaseName = 'teamwork_desk_sync';
const usualPorts = { postgres: 15_432, temporal: 7233, temporalUi: 8233 };
const reachLimitMs = 10_000;

/** Both parts, started side by side; an EmbeddedError, with nothing left running, if either cannot be had. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  const lock = await takeDataDir(dataDir);
  if ('heldBy' in lock) {
    throw new EmbeddedError(
      `Another start (process ${lock.heldBy}) is using ${dataDir}: end that one, or set DATA_DIR to another folder.`,
    );
  }
  // One part that fails ends the start of the other, which may be a build of minutes.
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
  const starts = [postgresPart, temporalPart].map((start) =>
    start({ ...options, dataDir, signal }).catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  const results = await Promise.allSettled(starts);
  const parts = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const [postgres, temporal] = parts;
  if (!postgres || !temporal) {
    await stopAll(parts);
    lock.release();
    throw startFailure(results, options.signal);
  }
  let stopped: Promise<void> | undefined;
  return {
    databaseUrl: postgres.address,
    temporalAddress: temporal.address,
    temporalUiUrl: temporal.uiUrl,
    died: new Promise((resolve) => {
      for (const part of [postgres, temporal]) {
        void part.leashed?.exited.then((end) => {
          if (!stopped)
            resolve({ part: part.name, reason: `${end}\n${part.leashed?.lastWords() ?? ''}`.trim() });
        });
      }
    }),
    stop: () => (stopped ??= stopAll([temporal, postgres]).then(lock.release)),
  };
}

async function takeDataDir(dataDir: string): ReturnType<typeof takeLock> {
  try {
    mkdirSync(dataDir, { recursive: true });
    return await takeLock(join(dataDir, 'lock'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new EmbeddedError(
      `DATA_DIR ${dataDir} cannot be written (${code ?? message}): set DATA_DIR to a folder of your own.`,
    );
  }
}

type Start = StackOptions & { readonly signal: AbortSignal };

async function postgresPart({ databaseUrl, postgresPort, dataDir, say, signal }: Start): Promise<Part> {
  if (databaseUrl !== undefined) {
    const { hostname, port } = new URL(databaseUrl);
    await mustAnswer('DATABASE_URL', hostname, Number(port || 5432));
    say(`Postgres: using the one of DATABASE_URL, ${hostname}:${port || 5432}`);
    return { name: 'Postgres', address: databaseUrl };
  }
  const logFile = join(dataDir, 'postgres.log');
  const port = { variable: 'PG_PORT', fixed: postgresPort, usual: usualPorts.postgres };
  const leashed = await startPostgres({ folder: join(dataDir, 'postgres'), port, logFile, say, signal });
  await ensureDatabase(leashed, databaseName);
  say(`Postgres: running on 127.0.0.1:${leashed.port} (log: ${logFile})`);
  return { name: 'Postgres', address: leashed.urlOf(databaseName), leashed };
}

async function temporalPart(options: Start): Promise<Part> {
  const { temporalAddress, temporalCliPath: cliPath, temporalUiPort, dataDir, say, signal } = options;
  if (temporalAddress !== undefined) {
    const [host = '', port] = temporalAddress.split(':');
    await mustAnswer('TEMPORAL_ADDRESS', host, Number(port));
    say(`Temporal: using the one of TEMPORAL_ADDRESS, ${temporalAddress}`);
    return { name: 'Temporal', address: temporalAddress };
  }
  const cacheDirs = cacheFolders(options.cacheHome, dataDir);
  const binary = await findTemporal({ cliPath, cacheDirs, say, signal });
  const pidFile = join(dataDir, 'temporal.pid');
  await stopLeftover(pidFile, say);
  const leashed = await startTemporalServer({
    binary,
    port: { variable: 'TEMPORAL_ADDRESS', usual: usualPorts.temporal },
    uiPort: { variable: 'TEMPORAL_UI_PORT', fixed: temporalUiPort, usual: usualPorts.temporalUi },
    namespace: options.temporalNamespace,
    databaseFile: join(dataDir, 'temporal.db'),
    logFile: join(dataDir, 'temporal.log'),
    signal,
  });
  rememberServer(pidFile, leashed.pid);
  const { address, uiUrl } = leashed;
  say(`Temporal: running on ${address}, UI ${uiUrl ?? 'off'} (log: ${join(dataDir, 'temporal.log')})`);
  return { name: 'Temporal', address, uiUrl, leashed };
}

function mustAnswer(variable: string, host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect({ host, port, timeout: reachLimitMs });
    const refuse = (says: string) => {
      socket.destroy();
      fail(
        new EmbeddedError(
          `Nothing answers at ${host}:${port} (${variable}): ${says}. Start it, or correct ${variable}.`,
        ),
      );
    };
    socket.once('timeout', () => refuse(`no answer in ${reachLimitMs / 1000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) => refuse(error.code ?? error.message));
    socket.once('connect', () => {
      socket.destroy();
      done();
    });
  });
}

async function stopAll(parts: readonly Part[]): Promise<void> {
  await Promise.all(parts.map(async ({ leashed }) => leashed?.stop()));
}

/** What the operator has to hear: of both parts where both failed, nothing of the one that was only called off. */
function startFailure(results: readonly PromiseSettledResult<Part>[], signal?: AbortSignal): Error {
  if (signal?.aborted) return new EmbeddedError('The start was called off.');
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  const told = reasons.filter((reason) => reason.name !== 'AbortError');
  if (told.some((reason) => !(reason instanceof EmbeddedError))) return told[0] ?? new Error('unreachable');
  return new EmbeddedError(told.map(({ message }) => message).join('\n'));
}
