/** A lock held by a process: a file that names its holder, void as soon as that process is gone. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, markOf, type ProcessMark } from './running-process';

interface Holder extends ProcessMark {
  readonly token: string;
}

/** Takes the lock at `path`, whose folder must exist; answers the pid of the running holder if there is one. */
export async function takeLock(path: string): Promise<{ release: () => void } | { heldBy: number }> {
  const mark = markOf(process.pid) ?? { pid: process.pid, startedAt: '' };
  const mine: Holder = { ...mark, token: randomUUID() };
  for (;;) {
    const holder = readHolder(path);
    if (holder && isRunning(holder)) return { heldBy: holder.pid };
    rmSync(path, { force: true });
    if (!writeNew(path, mine)) continue;
    // Another start may have judged the same old lock void and removed ours with it: the last writer wins.
    await sleep(50);
    if (readHolder(path)?.token === mine.token) return { release: () => releaseLock(path, mine) };
  }
}

function releaseLock(path: string, mine: Holder): void {
  if (readHolder(path)?.token === mine.token) rmSync(path, { force: true });
}

function writeNew(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
