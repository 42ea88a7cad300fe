/** The processes of `npm start` beside the stack: sandbox, worker, server. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environmentOf, readConfig, type Config } from './config';
import { startOnLeash, type Leashed } from './embedded/leash';
import type { Stack } from './embedded/stack';
import type { StartFlags } from './start-flags';

export interface Processes {
  readonly sandboxUrl: string | undefined;
  readonly consoleUrl: string;
  /** Resolves when one ends without being asked to: its name and its last words. */
  readonly died: Promise<{ readonly part: string; readonly reason: string }>;
  stop(): Promise<void>;
}

interface Options {
  readonly config: Config;
  readonly flags: StartFlags;
  readonly dataDir: string;
  readonly stack: Stack;
  readonly encryptionKeys: Buffer<ArrayBuffer>[];
}

const reachableWithinMs = 60_000;

/** A process of the product, by its part's name and the file of its root; its log lies in DATA_DIR. */
export function startPart(
  {
    dataDir,
    environment,
  }: { readonly dataDir: string; readonly environment: Readonly<Record<string, string>> },
  part: string,
  file: string,
  args: readonly string[] = [],
): Promise<Leashed> {
  return startOnLeash({
    command: [process.execPath, ...loader, join(__dirname, `${file}${extension}`), ...args],
    stopSignal: 'TERM',
    graceSeconds: 60,
    logFile: join(dataDir, `${part}.log`),
    environment,
  });
}

export async function startProcesses(options: Options): Promise<Processes> {
  const { config, flags, dataDir, stack } = options;
  const sandboxUrl = config.teamworkUrl === undefined ? `http://127.0.0.1:${config.sandboxPort}` : undefined;
  const consoleUrl = `http://127.0.0.1:${config.consolePort}`;
  const environment = environmentOf({
    ...config,
    // The sandbox is on this machine too.
    publicUrl: config.publicUrl ?? (sandboxUrl === undefined ? undefined : consoleUrl),
    dataDir,
    databaseUrl: stack.databaseUrl,
    temporalAddress: stack.temporalAddress,
    temporalUiUrl: config.temporalUiUrl ?? stack.temporalUiUrl,
    encryptionKeys: options.encryptionKeys,
  });
  const started = new Map<string, Leashed>();
  const start = async (part: string, file: string, args: readonly string[] = []): Promise<void> => {
    started.set(part, await startPart({ dataDir, environment }, part, file, args));
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...started.values()].map((leashed) => leashed.stop()));
  };

  try {
    await Promise.all([
      start('worker', 'worker'),
      start('server', 'server'),
      ...(sandboxUrl === undefined
        ? []
        : [start('sandbox', 'sandbox/main', sandboxArguments(config, flags, dataDir))]),
    ]);
    const addresses = [
      `${consoleUrl}/healthz`,
      ...(sandboxUrl === undefined ? [] : [`${sandboxUrl}/sandbox/faults`]),
    ];
    const died = Promise.race([...started].map(([part, leashed]) => deathOf(part, leashed)));
    await Promise.race([
      Promise.all(addresses.map(untilReachable)),
      died.then(({ part, reason }) => Promise.reject(new Error(`The ${part} did not start: ${reason}`))),
    ]);
    return { sandboxUrl, consoleUrl, died, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `.ts` in a checkout, `.js` when built. */
const extension = __filename.slice(__filename.lastIndexOf('.'));
const loader = extension === '.ts' ? ['--import', 'tsx'] : [];

function sandboxArguments(config: Config, flags: StartFlags, dataDir: string): string[] {
  const given = {
    '--port': config.sandboxPort,
    '--data': join(dataDir, 'sandbox'),
    '--companies': flags.companies,
    '--people': flags.people,
    '--seed': flags.seed,
    '--rate-limit': flags.rateLimit,
    '--latency': flags.latency,
    ...(flags.rehearsal === undefined ? {} : { '--rehearsal': resolve(flags.rehearsal) }),
  };
  const tokens = [config.sandboxToken, 'user-token'].flatMap((token) => ['--token', token]);
  return [...Object.entries(given).flatMap(([flag, value]) => [flag, String(value)]), ...tokens];
}

async function deathOf(part: string, leashed: Leashed): Promise<{ part: string; reason: string }> {
  const end = await leashed.exited;
  return { part, reason: `${end}\n${leashed.lastWords()}`.trim() };
}

export async function untilReachable(address: string): Promise<void> {
  const until = Date.now() + reachableWithinMs;
  for (;;) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(2_000) });
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > until)
      throw new Error(`Nothing answers at ${address} after ${reachableWithinMs / 1_000} s.`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The keys of the stored credentials: the operator's, else one made once and kept readable by this user alone. */
export function encryptionKeysFor(
  config: Config,
  dataDir: string,
): { keys: Buffer<ArrayBuffer>[]; file: string | undefined } {
  if (config.encryptionKeys !== undefined) return { keys: config.encryptionKeys, file: undefined };
  const file = join(dataDir, 'encryption.key');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return { keys: readConfig({ ENCRYPTION_KEY_FILE: file }).encryptionKeys ?? [], file };
}
