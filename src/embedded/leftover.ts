/** A server that outlived an earlier start, because that and the server's keeper were both killed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, markOf, type ProcessMark } from './running-process';

const graceMs = 20_000;

/** Remembers the server for `stopLeftover` of a later start. */
export function rememberServer(file: string, pid: number): void {
  const mark = markOf(pid);
  if (mark) writeFileSync(file, JSON.stringify(mark), { mode: 0o600 });
}

/** Ends the server that `file` remembers if it still runs. The caller must hold the folder it works on alone. */
export async function stopLeftover(file: string, say: (line: string) => void): Promise<void> {
  const mark = remembered(file);
  if (!mark || !isRunning(mark)) return;
  say(`Temporal: stopping process ${mark.pid}, left behind by an earlier start`);
  process.kill(mark.pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isRunning(mark)) {
    await sleep(100);
    if (Date.now() > deadline) process.kill(mark.pid, 'SIGKILL');
  }
}

function remembered(file: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch {
    return undefined;
  }
}
