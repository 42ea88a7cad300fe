/** Composition root of the command line: configuration or the running `npm start`, parts opened when first needed. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SyncClient } from '../client';
import { ConfigError, readConfig, wantsNoColour, type Config } from '../config';
import { readStackFile } from '../embedded/stack-file';
import { failed, failureFrom } from './failures';
import { runProgram } from './program';
import type { StoreParts } from '../engine-parts';
import type { Session } from './session';
import { terminalOn } from './terminal';

const nothingRuns =
  'Nothing runs here: start it with `npm start`, or set DATABASE_URL, TEMPORAL_ADDRESS and ENCRYPTION_KEY.';

/** Where the parts are: what the environment says, and for what it leaves out, the `npm start` of this DATA_DIR. */
function whereabouts(config: Config) {
  const { databaseUrl, temporalAddress, encryptionKeys } = config;
  if (databaseUrl !== undefined && temporalAddress !== undefined && encryptionKeys !== undefined) {
    return { databaseUrl, temporalAddress, encryptionKeys };
  }
  const stack = readStackFile(resolve(config.dataDir));
  if (stack === undefined) return null;
  const keys = encryptionKeys ?? keysIn(stack.encryptionKeyFile);
  if (keys === undefined) return null;
  return {
    databaseUrl: databaseUrl ?? stack.databaseUrl,
    temporalAddress: temporalAddress ?? stack.temporalAddress,
    encryptionKeys: keys,
    // The sandbox is on this machine too.
    publicUrl: stack.sandboxUrl === undefined ? undefined : stack.consoleUrl,
  };
}

function keysIn(file: string | undefined): readonly Buffer[] | undefined {
  return file === undefined ? undefined : readConfig({ ENCRYPTION_KEY_FILE: file }).encryptionKeys;
}

/** Called at most once; what it opens is closed by `close`. */
function openedOnce<T extends { close(): Promise<void> }>(
  open: () => Promise<T>,
  closers: (() => Promise<void>)[],
): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () =>
    (opened ??= open().then((parts) => {
      closers.push(() => parts.close());
      return parts;
    }));
}

function openSession(closers: (() => Promise<void>)[]): Omit<Session, 'exitWith'> {
  const config = () => readConfig();
  const found = () => {
    const where = whereabouts(config());
    if (where === null) throw failed(nothingRuns);
    return where;
  };
  const storeParts = openedOnce(async (): Promise<StoreParts & { close(): Promise<void> }> => {
    const where = found();
    const { openStoreParts, settingsAt } = await import('../engine.js');
    return openStoreParts(settingsAt(config(), where));
  }, closers);
  const temporal = openedOnce(async (): Promise<SyncClient> => {
    const where = found();
    const [{ connectTemporal }, { settingsAt }] = await Promise.all([
      import('../client.js'),
      import('../engine.js'),
    ]);
    return connectTemporal(settingsAt(config(), where).temporal);
  }, closers);
  return {
    terminal: terminalOn(process, wantsNoColour()),
    storeParts,
    temporal,
    async engine() {
      const [parts, client] = await Promise.all([storeParts(), temporal()]);
      return { ...parts, client };
    },
    consoleUrl() {
      const { publicUrl, consolePort, dataDir } = config();
      return publicUrl ?? readStackFile(resolve(dataDir))?.consoleUrl ?? `http://127.0.0.1:${consolePort}`;
    },
    credentials() {
      const { teamworkToken, deskToken } = config();
      return {
        ...(teamworkToken === undefined ? {} : { teamwork: teamworkToken }),
        ...(deskToken === undefined ? {} : { desk: deskToken }),
      };
    },
    configProblems() {
      try {
        return whereabouts(config()) === null ? [nothingRuns] : [];
      } catch (error) {
        return error instanceof ConfigError ? error.problems : [failureFrom(error).message];
      }
    },
    async missingMigrations() {
      const { missingMigrations } = await import('../store/migrate.js');
      return missingMigrations(found().databaseUrl);
    },
    untilInterrupted() {
      const interruption = new AbortController();
      process.once('SIGINT', () => interruption.abort());
      return interruption.signal;
    },
  };
}

async function main(): Promise<void> {
  // A reader that has seen enough (`| head`) is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
  }
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
    version: string;
  };
  const closers: (() => Promise<void>)[] = [];
  const code = await runProgram(openSession(closers), process.argv.slice(2), version);
  await Promise.allSettled(closers.map((close) => close()));
  process.exit(code);
}

void main();
