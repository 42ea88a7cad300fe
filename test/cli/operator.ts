/** An operator at the command line of this process: what was answered, what was said on stderr, and the exit code. */
import { Writable } from 'node:stream';
import { runProgram } from '../../src/cli/program';
import type { EngineParts } from '../../src/engine-parts';
import type { Session } from '../../src/cli/session';
import { terminalOn } from '../../src/cli/terminal';
import type { Credentials } from '../../src/ports/sites';

export interface Answered {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** `out` as JSON. */
  json(): unknown;
}

export interface Desk {
  readonly parts: () => Promise<EngineParts>;
  readonly credentials?: Partial<Credentials>;
  readonly interrupted?: AbortSignal;
}

/** `argv` as one text; what stands in double quotes is one argument. */
export async function operate(desk: Desk, argv: string): Promise<Answered> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const session: Omit<Session, 'exitWith'> = {
    terminal: terminalOn({ stdout, stderr }),
    storeParts: desk.parts,
    temporal: async () => (await desk.parts()).client,
    engine: desk.parts,
    consoleUrl: () => 'http://127.0.0.1:4000',
    credentials: () => desk.credentials ?? {},
    configProblems: () => [],
    missingMigrations: () => Promise.resolve([]),
    untilInterrupted: () => desk.interrupted ?? new AbortController().signal,
  };
  const words = [...argv.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  const code = await runProgram(session, words, '0.0.0');
  return { code, out: stdout.text, err: stderr.text, json: () => JSON.parse(stdout.text) as unknown };
}

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
