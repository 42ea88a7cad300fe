/** `npm run bench -- <name> …`: prints one JSON line a figure; exit code 0 when it measured, whatever the figures say. */
import { agreed } from './agreed';
import { apiEconomy } from './api-economy';
import { budgetUse } from './budget-use';
import { engineRate } from './engine-rate';
import type { Figure } from './figures';
import { growth } from './growth';
import { hooks } from './hooks';
import { live } from './live';
import { pages } from './pages';

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'api-economy': apiEconomy,
  'budget-use': budgetUse,
  engine: engineRate,
  agreed,
  hooks,
  live,
  growth,
  pages,
};

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => benches[name] === undefined);
  if (names.length === 0 || unknown.length > 0) {
    const what = unknown.length > 0 ? `There is no bench ${unknown.join(', ')}. ` : '';
    process.stderr.write(`${what}Usage: npm run bench -- <name> …, of ${Object.keys(benches).join(', ')}\n`);
    return 2;
  }
  for (const name of names) {
    for (const line of (await benches[name]?.()) ?? []) process.stdout.write(`${JSON.stringify(line)}\n`);
  }
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String((error as Error).stack)}\n`);
    process.exit(3);
  },
);
