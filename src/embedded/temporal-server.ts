/** A Temporal dev server with its UI on loopback: real history, priorities and fairness, kept in one SQLite file. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from './embedded-error';
import { choosePort, withFreePorts, type PortWish } from './free-port';
import { startOnLeash, type Leashed } from './leash';

/** What operators can filter workflows by in the Temporal UI. Never personal data. */
export const searchAttributes = ['Site', 'Kind', 'LinkStatus', 'TeamworkId', 'DeskId', 'Reason'] as const;

export interface TemporalServerOptions {
  readonly binary: string;
  readonly port: PortWish;
  /** Without it no UI is served. */
  readonly uiPort?: PortWish;
  readonly namespace: string;
  /** Without it all is kept in memory and forgotten at the end. */
  readonly databaseFile?: string | undefined;
  readonly logFile: string;
  readonly signal: AbortSignal;
}

export interface TemporalServer extends Leashed {
  readonly address: string;
  readonly uiUrl: string | undefined;
}

const startLimitMs = 60_000;
const retention = '72h';

/** Resolves when the server answers for the namespace; an EmbeddedError with its last words if it does not. */
export function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  return withFreePorts(async () => {
    const port = await choosePort(options.port);
    const uiPort = options.uiPort && (await choosePort(options.uiPort));
    return startOn({ ...options, port, uiPort });
  });
}

type OnPorts = Omit<TemporalServerOptions, 'port' | 'uiPort'> & { port: number; uiPort: number | undefined };

async function startOn(options: OnPorts): Promise<TemporalServer> {
  const server = await startOnLeash({
    command: [options.binary, ...serverArguments(options)],
    stopSignal: 'TERM',
    graceSeconds: 15,
    logFile: options.logFile,
  });
  const address = `127.0.0.1:${options.port}`;
  try {
    await untilServing(server, address, options);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const uiUrl = options.uiPort === undefined ? undefined : `http://127.0.0.1:${options.uiPort}`;
  return { ...server, address, uiUrl };
}

function serverArguments(options: OnPorts): string[] {
  const dynamicConfig = [
    // The default of 20 adds about 50 ms to every step of a workflow.
    'history.transferProcessorMaxPollRPS=200',
    'matching.enableFairness=true',
    'matching.numTaskqueueReadPartitions=1',
    'matching.numTaskqueueWritePartitions=1',
  ];
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port)],
    ...(options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
    ...['--namespace', options.namespace, '--log-level', 'warn', ...isolated],
    ...dynamicConfig.flatMap((setting) => ['--dynamic-config-value', setting]),
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...(options.databaseFile === undefined
      ? []
      : ['--db-filename', options.databaseFile, ...['journal_mode=wal', 'synchronous=1'].flatMap(pragma)]),
  ];
}

const pragma = (setting: string): string[] => ['--sqlite-pragma', setting];

/** An operator's own Temporal profile must not point these calls at another server. */
const isolated = ['--disable-config-file', '--disable-config-env'];

/** Printed only by a server that holds its port: of two started at once, both on the one that was free, one answers. */
const servingLine = /^(?:Temporal )?Server:/m;

async function untilServing(server: Leashed, address: string, options: OnPorts): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  let end: string | undefined;
  void server.exited.then((reason) => (end = reason));
  const update = [
    'operator',
    'namespace',
    'update',
    '--namespace',
    options.namespace,
    '--retention',
    retention,
  ];
  for (;;) {
    options.signal.throwIfAborted();
    if (end !== undefined) throw notServing(end, server, options);
    const says =
      (await run(options.binary, [...update, '--address', address, ...isolated])) ??
      (server.hasSaid(servingLine) ? undefined : 'another server answers there');
    if (says === undefined) return;
    if (Date.now() > deadline)
      throw notServing(`not ready after ${startLimitMs / 1000} s, ${says}`, server, options);
    await sleep(100);
  }
}

function notServing(why: string, server: Leashed, { logFile, port }: OnPorts): EmbeddedError {
  return new EmbeddedError(
    `Temporal did not start on port ${port}: ${why}.\n${server.lastWords()}\nIts log is ${logFile}; remedy what it ` +
      'names and start again.',
  );
}

/** What a failed command says; undefined if it succeeded. */
function run(binary: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(binary, args, { timeout: 10_000 }, (error, _stdout, stderr) =>
      resolve(error ? stderr.trim() || error.message : undefined),
    );
  });
}
