/** Runs hold-stack.ts in a process of its own, which a test may interrupt or kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const addresses = z.object({ databaseUrl: z.string(), temporalAddress: z.string() });

export interface HeldStack extends z.infer<typeof addresses> {
  readonly process: ChildProcess;
  /** The next line it writes. */
  nextLine(): Promise<string>;
}

/** Resolves when the stack runs; the settings are environment variables. */
export async function holdStack(settings: Readonly<Record<string, string>>): Promise<HeldStack> {
  const child = spawn(process.execPath, ['--import', 'tsx', `${__dirname}/hold-stack.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', ...settings },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => String((await lines.next()).value);
  return { ...addresses.parse(JSON.parse(await nextLine())), process: child, nextLine };
}

export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}
