/** `npm run simulate`, as anybody would run it: a test's own context makes every history several times slower. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export function simulate(
  options: readonly string[],
): Promise<{ readonly failed: boolean; readonly told: string }> {
  const script = [join(__dirname, 'main.ts'), ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', ...script], (error, told, trouble) => {
      resolve({ failed: error !== null, told: `${told}${trouble}` });
    });
  });
}
