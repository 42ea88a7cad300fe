/**
 * A range of seeds as a test. It runs `npm run simulate` as anybody would: a test's own context makes every history
 * several times slower. The ranges are files of their own, so that they run side by side.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const mostMs = 900_000;

export function holdsFor(first: number, histories: number): void {
  const name = `I1-I11 I16 I18-I24 I27 I30 hold in ${histories} histories from seed ${first}, every mark is reached`;
  it(
    name,
    async () => {
      const { failed, told } = await simulate(['--histories', String(histories), '--seed', String(first)]);
      expect(failed ? told : '').toBe('');
    },
    mostMs,
  );
}

export function simulate(
  options: readonly string[],
): Promise<{ readonly failed: boolean; readonly told: string }> {
  const script = [join(__dirname, 'main.ts'), '--cores', '1', ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', ...script], (error, told, trouble) => {
      resolve({ failed: error !== null, told: `${told}${trouble}` });
    });
  });
}
