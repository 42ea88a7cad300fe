/**
 * Runs a server so that it neither dies too early nor stays behind: in a session of its own, where the terminal's
 * Ctrl-C does not reach it, and on a pipe held by this process, so that it is stopped even if this one is killed.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, fstatSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface Leashed {
  readonly pid: number;
  /** What ended it, as a clause; resolves once, also after `stop`. */
  readonly exited: Promise<string>;
  /** Asks it to end, insists after the grace time, and resolves when it is gone. */
  stop(): Promise<void>;
  /** Whether it has written what the pattern describes. */
  hasSaid(pattern: RegExp): boolean;
  /** The last lines it wrote, for an error message. */
  lastWords(): string;
}

export interface LeashOptions {
  /** Program and arguments. */
  readonly command: readonly string[];
  /** One that a shell lets background programs ignore, INT, comes only after one that ends them at their very start. */
  readonly stopSignal: 'TERM' | 'TERM INT';
  readonly graceSeconds: number;
  readonly logFile: string;
  readonly cwd?: string;
  /** In place of this process's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

/** Keeps the child until it ends or the pipe on standard input closes, whichever comes first. */
const keeper = `
signals=$1; grace=$2; shift 2
stop() { for signal in $signals; do kill -s "$signal" "$child" 2>/dev/null; done; }
exec 4<&0
"$@" </dev/null 3>&- 4<&- &
child=$!
echo "$child" >&3
exec 3>&-
trap stop TERM INT HUP
(
  read -r _ <&4
  stop
  while [ "$grace" -gt 0 ] && kill -0 "$child" 2>/dev/null; do sleep 1; grace=$((grace - 1)); done
  kill -s KILL "$child" 2>/dev/null
) &
watcher=$!
exec 4<&-
while :; do
  wait "$child"; code=$?
  [ "$code" -eq 127 ] && break
  kill -0 "$child" 2>/dev/null || break
done
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** Starts the command; rejects if it cannot be started at all. */
export async function startOnLeash(options: LeashOptions): Promise<Leashed> {
  rotate(options.logFile);
  const log = openSync(options.logFile, 'a', 0o600);
  const logStart = fstatSync(log).size;
  const { uid, gid } = options;
  const shell = spawn(
    'sh',
    ['-c', keeper, 'keeper', options.stopSignal, String(options.graceSeconds), ...options.command],
    {
      detached: true,
      stdio: ['pipe', log, log, 'pipe'],
      ...(options.environment === undefined ? {} : { env: options.environment }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    },
  );
  closeSync(log);
  // Typed as optional only because the stdio list is not a literal to the compiler.
  const leash = shell.stdio[0] as Writable;
  const exited = new Promise<string>((resolve, reject) => {
    shell.once('error', reject);
    shell.once('exit', (code, signal) => resolve(describeEnd(code, signal)));
  });
  // A pipe to a process that has just died is no news: its exit is.
  leash.on('error', () => undefined);
  const pid = await Promise.race([childPid(shell.stdio[3] as Readable), exited]);
  if (typeof pid === 'string') throw new Error(`${options.command[0] ?? 'Nothing'} did not start: ${pid}`);
  return {
    pid,
    exited,
    hasSaid: (pattern) => pattern.test(logSince(options.logFile, logStart).toString()),
    lastWords: () => tail(options.logFile, logStart),
    async stop() {
      leash.end();
      await exited;
    },
  };
}

async function childPid(stream: Readable): Promise<number | string> {
  for await (const line of createInterface({ input: stream })) return Number(line);
  return 'its shell ended';
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal) return `its keeper was ended by ${signal}`;
  // A shell tells a child's death by signal n as 128 + n.
  if (code !== null && code > 128) return `it was ended by signal ${code - 128}`;
  return `it ended with exit code ${code ?? 'unknown'}`;
}

const maxLogBytes = 10 * 1024 * 1024;

function rotate(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size < maxLogBytes) return;
  rmSync(`${logFile}.1`, { force: true });
  renameSync(logFile, `${logFile}.1`);
}

function logSince(logFile: string, start: number): Buffer {
  try {
    return readFileSync(logFile).subarray(start);
  } catch {
    return Buffer.of();
  }
}

function tail(logFile: string, start: number): string {
  const log = logSince(logFile, start).subarray(-65_536).toString();
  // A Go program tells what was wrong first, and then where, over many lines.
  const end = /^(?:panic|fatal error): .*$/m.exec(log);
  const told = end === null ? log : log.slice(0, end.index + end[0].length);
  return told.trim().split('\n').slice(-5).join('\n').slice(-4096);
}
