/** A program of the product run to its end, as a deployment runs it. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `file` as in `src/`, without its ending; the environment is all that it has, beside PATH and HOME. */
export async function runToEnd(
  file: string,
  environment: Readonly<Record<string, string>>,
  argv: readonly string[] = [],
): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', `src/${file}.ts`, ...argv], {
    cwd: root,
    env: { PATH, HOME, ...environment },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, ...said };
}
