/** What befalls many records at once, above what R26 lets pass: done in large worlds only, which are few. */
import type { Operation } from './chosen';
import { at, clients, edit, sideOf, valueFor, type Acts } from './chosen';
import { linked } from './present';

/** So few worlds are large, for each takes as long as fifty others; of 500 seeds four are, one for each mass change. */
export const largeEvery = 125;
export const isLarge = (seed: number): boolean => seed % largeEvery === 0;

/** Much of the time of a large world goes into its first run. */
const firstRunMs = 300_000;
const ordinaryShare = 5;

export const masses: Acts = {
  rewrite_all: [
    0,
    'A44',
    (site, { a, b, c }) => {
      const name = at(['firstName', 'lastName', 'twitter'] as const, a) ?? 'lastName';
      for (const pair of linked(site, 'customer')) edit(site, pair[sideOf(c)], { [name]: valueFor(name, b) });
    },
  ],
  /** For a while one side knows nothing of one field any more, and then it does again. */
  lose_field: [
    0,
    'A62',
    (site, { a, c, gapMs }) => {
      const name = at(['twitter', 'firstName'] as const, a) ?? 'twitter';
      const lost = site.products.loseField(clients(site, sideOf(c), 'customer'), name);
      site.time.at(site.time.now + gapMs, () => {
        site.products.findField(lost, name);
        site.hooks.send();
      });
    },
  ],
  delete_many: [
    0,
    'breaks_above_25',
    (site, { a, c }) => {
      const pairs = linked(site, 'customer');
      const many = pairs.slice(a % 20).slice(0, Math.floor(pairs.length * 0.4));
      for (const pair of many) site.products.delete('user', pair[sideOf(c)]);
    },
  ],
  create_many: [
    0,
    'contacts_above_50',
    (site, { a, b }) => {
      const conflictPolicy = site.policies.at(-1)?.policy ?? 'latest';
      site.setPolicy({ conflictPolicy, automaticallyCreateContacts: true });
      const company = at(linked(site, 'company'), a)?.desk.id;
      if (company === undefined) return;
      for (let n = 0; n < 70; n++) {
        const person = { firstName: `Ann ${n}`, lastName: `Ba ${n}`, email: `ann${n}.${b}@many.test` };
        site.products.create('user', 'desk', 'customer', { ...person, company });
      }
    },
  ],
};

/** A mass change, with a few ordinary operations before and after it. */
export function withMass(seed: number, operations: readonly Operation[]): Operation[] {
  const few = operations.slice(0, Math.ceil(operations.length / ordinaryShare));
  const [first, second = first] = operations;
  if (first === undefined || second === undefined) return [];
  const what = at(Object.keys(masses), seed / largeEvery) ?? 'rewrite_all';
  const half = Math.floor(few.length / 2);
  return [
    { ...first, what: 'sweep', gapMs: firstRunMs },
    ...few.slice(0, half),
    { ...second, what, gapMs: 120_000 },
    ...few.slice(half),
  ];
}
