/**
 * `npm run bench -- <name> …`: prints one JSON line a figure, with `--report` into `docs/performance.md` too; exit code 0
 * when it measured, whatever the figures say.
 */
import { agreed } from './agreed';
import { apiEconomy } from './api-economy';
import { budgetUse } from './budget-use';
import { engineRate } from './engine-rate';
import { fairness } from './fairness';
import type { Figure } from './figures';
import { growth } from './growth';
import { hooks } from './hooks';
import { live } from './live';
import { manySites } from './many-sites';
import { pages } from './pages';
import { report } from './report';
import { scale } from './scale';
import { start } from './start';
import { workers } from './workers';

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'api-economy': apiEconomy,
  'budget-use': budgetUse,
  engine: engineRate,
  agreed,
  hooks,
  live,
  growth,
  fairness,
  'many-sites': manySites,
  pages,
  scale,
  start,
  workers,
};

async function main(args: readonly string[]): Promise<number> {
  const flags = args.filter((arg) => arg.startsWith('--'));
  const names = flags.includes('--all') ? Object.keys(benches) : args.filter((arg) => !arg.startsWith('--'));
  const unknown = [
    ...names.filter((name) => benches[name] === undefined),
    ...flags.filter((flag) => flag !== '--all' && flag !== '--report'),
  ];
  if (names.length === 0 || unknown.length > 0) {
    const what = unknown.length > 0 ? `There is no ${unknown.join(', ')}. ` : '';
    const all = Object.keys(benches).join(', ');
    process.stderr.write(
      `${what}Usage: npm run bench -- <name> … [--report], of ${all}; --all: each of them; --report: into docs/performance.md\n`,
    );
    return 2;
  }
  for (const name of names) {
    const figures = (await benches[name]?.()) ?? [];
    for (const line of figures) process.stdout.write(`${JSON.stringify(line)}\n`);
    if (flags.includes('--report')) report(figures);
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
