/** Campaigns whose histories have an ordeal each; a run's number chooses the ordeal, and with it the seed. */
import type { Campaign } from '../history/campaign';
import { operationsFor, runHistory } from '../history/history';
import type { Operation } from '../history/chosen';
import { edits } from '../history/edits';
import { lives } from '../history/lives';
import { isLarge } from '../history/masses';
import { none, type Ordeal } from '../history/ordeal';
import { crashAt } from './crash';
import { fortnight } from './fortnight';
import { poisonedBy } from './poison';
import { restoreAt } from './restore';
import { lies, type LieName } from '../products/lies';
import { moments, points, trialsOf, type OrdealName } from './trials';

const operationsEach = 30;

interface Trial {
  /** What is counted in what comes of it. */
  readonly mark: string;
  readonly seed: number;
  readonly ordeal: Ordeal;
  readonly operations: readonly Operation[];
}

/** How ordeals begin the marks that they leave on a history. */
const ownMarks = 'ordeal: ';

/** By the campaign's name: the trial of that number. */
const trials: Readonly<Record<OrdealName, (number: number) => Trial>> = {
  'crash-points': ofCrash,
  restores: ofRestore,
  'poisoned-listings': ofPoison,
  fortnights: ofFortnight,
};

export async function ordeals(name: OrdealName, first: number, histories: number): Promise<Campaign> {
  const marks = new Map<string, number>();
  const failed: string[] = [];
  for (let number = first; number < first + histories; number++) {
    const { mark, seed, ordeal, operations } = trials[name](number);
    const { violations, marks: met } = await runHistory(seed, operations, ordeal);
    const own = [...met].filter((one) => one.startsWith(ownMarks));
    for (const one of [mark, ...own]) marks.set(one, (marks.get(one) ?? 0) + 1);
    if (violations.length > 0) failed.push(`${mark}, seed ${seed}: ${violations.join('; ')}`);
  }
  return { marks, failed };
}

function ofCrash(number: number): Trial {
  const [seed, which] = [
    Math.ceil(number / trialsOf['crash-points']),
    (number - 1) % trialsOf['crash-points'],
  ];
  const [point, moment] = [points[which >> 1], moments[which % 2]];
  if (point === undefined || moment === undefined) throw new Error(`There is no crash point ${which}.`);
  return {
    mark: `${point[0]}, ${moment}`,
    seed,
    ordeal: crashAt(point, moment, seed),
    operations: operationsFor(seed, operationsEach),
  };
}

/** What operators did after the copy is not in it, and nobody can know of it; what users did is in the products. */
function ofRestore(number: number): Trial {
  const seed = ofSmallWorld(number);
  const operations = operationsFor(seed, 3 * operationsEach)
    .filter(({ what }) => users.has(what))
    .slice(0, operationsEach)
    .map((operation) => ({ ...operation, gapMs: 4 * operation.gapMs }));
  return { mark: 'restored', seed, ordeal: restoreAt(seed), operations };
}

const users = new Set([...Object.keys({ ...edits, ...lives }), 'sweep', 'crash']);

/** Users make and edit, and delete nothing: every break and every loss is due to the listing. */
function ofPoison(number: number): Trial {
  const names = Object.keys(lies) as LieName[];
  const lie = names[number % names.length] ?? 'empty';
  const seed = ofSmallWorld(number);
  const operations = operationsFor(seed, 8 * operationsEach)
    .filter(({ what }) => what in edits || /^create/.test(what))
    .slice(0, 2 * operationsEach)
    .map((operation) => ({ ...operation, gapMs: 8_000 + 4 * operation.gapMs }));
  return {
    mark: `a listing that lies: ${lie}`,
    seed,
    ordeal: poisonedBy(lie, Math.floor(number / names.length), operations.length),
    operations,
  };
}

/** In a large world the masses that users move would be most of it. */
function ofSmallWorld(number: number): number {
  return isLarge(number) ? number + 1_000_001 : number;
}

function ofFortnight(seed: number): Trial {
  return { mark: 'two weeks', seed, ordeal: none, operations: fortnight(seed) };
}
