/** Composition root of `npm start`: the whole product on this machine, from nothing to two sides that agree. */
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { followRun } from './cli/follow-run';
import { runReport } from './cli/run-report';
import { terminalOn } from './cli/terminal';
import { verifyText } from './cli/verify-report';
import { ConfigError, readConfig, wantsNoColour, type Config } from './config';
import { runWorkflowId } from './client';
import { connectSite, ConnectError, type ConnectInput } from './connect';
import { EmbeddedError } from './embedded/embedded-error';
import { startStack, type Stack } from './embedded/stack';
import { removeStackFile, writeStackFile } from './embedded/stack-file';
import { openEngine, settingsAt, type Engine } from './engine';
import { signInLink } from './sign-in-link';
import { parseStartFlags, type StartFlags } from './start-flags';
import { encryptionKeysFor, startProcesses, type Processes } from './start-processes';
import { migrate } from './store/migrate';
import { verifySite } from './verify';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** No password is there at first: whoever started this is the first administrator. */
const firstUser = { name: 'administrator', role: 'administrator' } as const;

const exitCodes = { fine: 0, no: 1, usage: 2, failed: 3 };

/** Ends the start, for a reason that the operator can read. */
class StartError extends Error {
  override readonly name = 'StartError';
}

async function main(): Promise<number> {
  const flags = parseStartFlags(process.argv);
  const config = readConfig();
  const dataDir = resolve(config.dataDir);

  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interruption.abort());
  }
  const { signal } = interruption;
  const interrupted = new Promise<number>((done) => {
    signal.addEventListener('abort', () => done(exitCodes.fine));
  });

  const stack = await startStack({ ...config, dataDir, say, signal });
  try {
    return await Promise.race([
      runProduct({ config, flags, dataDir, stack, signal }),
      interrupted,
      deathOf(stack.died),
    ]);
  } finally {
    if (signal.aborted) say('Stopping …');
    await stack.stop();
  }
}

interface Surroundings {
  readonly config: Config;
  readonly flags: StartFlags;
  readonly dataDir: string;
  readonly stack: Stack;
  readonly signal: AbortSignal;
}

async function runProduct(around: Surroundings): Promise<number> {
  const { config, flags, dataDir, stack } = around;
  await migrate(stack.databaseUrl);
  const { keys, file } = encryptionKeysFor(config, dataDir);
  const processes = await startProcesses({ config, flags, dataDir, stack, encryptionKeys: keys });
  const { sandboxUrl, consoleUrl } = processes;
  let engine: Engine | undefined;
  try {
    engine = await openEngine(
      settingsAt(config, {
        ...stack,
        encryptionKeys: keys,
        publicUrl: sandboxUrl === undefined ? undefined : consoleUrl,
      }),
    );
    writeStackFile(dataDir, { ...stack, consoleUrl, sandboxUrl, encryptionKeyFile: file });
    say(`Server: ${consoleUrl} (log: ${resolve(dataDir, 'server.log')})`);
    if (sandboxUrl !== undefined) say(`Sandbox: ${sandboxUrl}, Teamwork.com at /, Desk at /desk/api/v2`);
    return await Promise.race([sync(engine, around, processes), deathOf(processes.died)]);
  } finally {
    removeStackFile(dataDir);
    await processes.stop();
    await engine?.close();
  }
}

/** Connects the site, follows its InitialSync, and stays until interrupted; with --once, until it is proved. */
async function sync(
  engine: Engine,
  { config, flags, signal, stack }: Surroundings,
  { sandboxUrl, consoleUrl }: Processes,
): Promise<number> {
  const { site } = config;
  const connected = await connectSite(engine, siteToConnect(config, sandboxUrl));
  say(`Site ${site}: connected to ${connected.url}`);
  const run = (await engine.store.latestRun(site, 'sync'))?.id ?? connected.run;
  if (run === null) {
    say(`InitialSync of ${site} waits for you: \`npm run -s cli -- sync start\` starts it (R2).`);
  } else {
    if (stack.temporalUiUrl !== undefined) {
      const workflow = encodeURIComponent(runWorkflowId(site, 'sync'));
      say(`InitialSync: ${stack.temporalUiUrl}/namespaces/${config.temporalNamespace}/workflows/${workflow}`);
    }
    const terminal = terminalOn(process, wantsNoColour());
    const ended = await followRun({ store: engine.store, terminal, site, run, mode: 'sync', signal });
    if (ended === null) return exitCodes.fine;
    say(runReport(ended, terminal));
  }
  if (flags.once) return prove(engine, site);
  say(
    `Console: ${await signInLink(engine.accounts, consoleUrl, firstUser)} (signs you in once, within the hour)`,
  );
  say('Everything runs. Ctrl-C ends it; the next `npm start` goes on from here.');
  return new Promise<never>(() => undefined);
}

async function prove(engine: Engine, site: string): Promise<number> {
  const report = await verifySite(engine, site);
  say(verifyText(report, terminalOn(process, wantsNoColour())));
  return report.differences.length === 0 ? exitCodes.fine : exitCodes.no;
}

function siteToConnect(config: Config, sandboxUrl: string | undefined): ConnectInput {
  const { site, teamworkUrl, teamworkToken, deskToken, deskCreated, sandboxToken } = config;
  if (sandboxUrl !== undefined) {
    // The sandbox's Desk is a new one, whose InitialSync starts by itself (R2).
    const credentials = { teamwork: sandboxToken, desk: sandboxToken };
    return { site, url: sandboxUrl, credentials, deskCreatedAt: '2024-01-01' };
  }
  if (teamworkUrl === undefined || teamworkToken === undefined || deskToken === undefined) {
    throw new StartError('TEAMWORK_URL, TEAMWORK_TOKEN and DESK_TOKEN belong together.');
  }
  const credentials = { teamwork: teamworkToken, desk: deskToken };
  return {
    site,
    url: teamworkUrl,
    credentials,
    ...(deskCreated === undefined ? {} : { deskCreatedAt: deskCreated }),
  };
}

/** A part that ends by itself ends the whole: what it had done is kept, and the next start goes on with it. */
async function deathOf(died: Promise<{ readonly part: string; readonly reason: string }>): Promise<never> {
  const { part, reason } = await died;
  throw new StartError(`${part} ended: ${reason}\nNothing is lost: \`npm start\` goes on from here.`);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof CommanderError) process.exit(error.exitCode);
    const known = [StartError, ConfigError, ConnectError, EmbeddedError].some(
      (kind) => error instanceof kind,
    );
    process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack)}\n`);
    process.exit(error instanceof ConfigError ? exitCodes.usage : exitCodes.failed);
  },
);
