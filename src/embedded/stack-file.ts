/** Where a running `npm start` is found by the commands of a second terminal: DATA_DIR/stack.json. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, markOf } from './running-process';

export interface RunningStack {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl?: string | undefined;
  readonly consoleUrl?: string | undefined;
  readonly sandboxUrl?: string | undefined;
  readonly encryptionKeyFile?: string | undefined;
}

interface StackFile extends RunningStack {
  readonly pid: number;
  readonly startedAt: string;
}

/** Tells where this process keeps its stack; readable by its user alone, for it holds the database's password. */
export function writeStackFile(dataDir: string, stack: RunningStack): void {
  const mark = markOf(process.pid) ?? { pid: process.pid, startedAt: '' };
  const path = pathIn(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify({ ...stack, ...mark } satisfies StackFile, null, 2), {
    mode: 0o600,
  });
  renameSync(`${path}.new`, path);
}

/** The stack whose `npm start` is running; undefined if none is. */
export function readStackFile(dataDir: string): (RunningStack & { readonly pid: number }) | undefined {
  try {
    const file = JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as StackFile;
    return isRunning(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

export function removeStackFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

const pathIn = (dataDir: string): string => join(dataDir, 'stack.json');
