/** What the parts of a stack use, by the kernel's count: processor time and memory of what this process started. */
import { readdirSync, readFileSync } from 'node:fs';

export const parts = ['worker', 'server', 'sandbox', 'temporal', 'postgres'] as const;
export type Part = (typeof parts)[number];

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly part: Part | null;
  /** Its own and that of its children that have ended. */
  readonly cpuSeconds: number;
}

const ticksPerSecond = 100;

/** Processor seconds that each part has used so far. */
export function cpuSeconds(): Readonly<Record<Part, number>> {
  const used = { worker: 0, server: 0, sandbox: 0, temporal: 0, postgres: 0 };
  for (const { part, cpuSeconds: seconds } of ours()) if (part !== null) used[part] += seconds;
  return used;
}

/** Unlike time on a clock, it is the same on a busy machine. */
export function cpuSecondsOf(pid: number): number {
  return processAt(pid)?.cpuSeconds ?? NaN;
}

/** The memory that a process has in use; NaN where it is gone. */
export function memoryMb(pid: number | undefined): number {
  return statusMb(pid, 'VmRSS');
}

/** The most memory that the process ever had in use. */
export function peakMemoryMb(pid: number): number {
  return statusMb(pid, 'VmHWM');
}

function statusMb(pid: number | undefined, name: string): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  } catch {
    return NaN;
  }
}

function ours(): readonly Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processAt(Number(name)) ?? []);
  const parents = new Map(all.map((one) => [one.pid, one.parent]));
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  return all.filter(({ pid }) => isOurs(pid));
}

function processAt(pid: number): Process | null {
  try {
    const [command = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [utime, stime, cutime, cstime] = [11, 12, 13, 14].map((at) => Number(fields[at]));
    const ticks = (utime ?? 0) + (stime ?? 0) + (cutime ?? 0) + (cstime ?? 0);
    const part = partOf(command, readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    return { pid, parent: Number(fields[1]), part, cpuSeconds: ticks / ticksPerSecond };
  } catch {
    // It ended while we looked.
    return null;
  }
}

/** A shell that holds another on its leash has the other's words in its own command line. */
function partOf(command: string, line: string): Part | null {
  if (/(^|\/)sh$/.test(command)) return null;
  if (/postgres/.test(command)) return 'postgres';
  if (/temporal[^/]*$/.test(command)) return 'temporal';
  const root = /\/src\/(worker|server|sandbox)(?:\/main)?\.ts\0/.exec(line)?.[1];
  return parts.find((part) => part === root) ?? null;
}
