/** What a process and the database weigh. */
import { readFileSync } from 'node:fs';
import type { Lab } from '../test/support/lab';
import { inPostgres } from '../test/support/long-lists';

/** The most memory that the process ever had in use, by the kernel's count. */
export function peakMemoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

/** The processor time that it has used, in seconds: unlike time on a clock, it is the same on a busy machine. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold anything.
  const [, ...fields] = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ');
  const [user, system] = [fields[10], fields[11]].map(Number);
  return ((user ?? NaN) + (system ?? NaN)) / ticksASecond;
}

/** As Linux counts on every machine that Node.js runs on. */
const ticksASecond = 100;

export function databaseBytes(lab: Lab): Promise<number> {
  return inPostgres(lab.databaseUrl, async (postgres) => {
    const { rows } = await postgres.query<{ bytes: string }>(
      'select pg_database_size(current_database()) as bytes',
    );
    return Number(rows[0]?.bytes);
  });
}
