/** The simulation in processes of its own: a test's own context makes every history several times slower. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Bug } from './planted/bug';
import type { Group } from './planted/planted';

interface Ended {
  readonly failed: boolean;
  readonly told: string;
}

/** `npm run simulate`, as anybody would run it. */
export const simulate = (options: readonly string[]): Promise<Ended> => run('main.ts', options);

/** The first invariants that break in a world with this bug; `nothing` if none does. */
export async function firstBrokenWith(group: Group, { name }: Bug): Promise<string> {
  const { failed, told } = await run('planted/world.ts', [group, name]);
  if (failed) throw new Error(`The world with the bug “${name}” ended in: ${told}`);
  return told;
}

function run(script: string, options: readonly string[]): Promise<Ended> {
  const command = ['--import', 'tsx', join(__dirname, script), ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, command, (error, told, trouble) => {
      resolve({ failed: error !== null, told: `${told}${trouble}` });
    });
  });
}
