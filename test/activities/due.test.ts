/** How a turn ends for its due row. */
import { dueActivitiesWith } from '../../src/activities/due';
import type { Reads } from '../../src/ports/reads';
import type { Store } from '../../src/ports/store';

const told: string[] = [];
const telling = (what: string) => (site: string, link: number) => {
  told.push(`${what} ${site} ${link}`);
  return Promise.resolve();
};
const store = { finishDue: telling('finish'), releaseDue: telling('release') } as Partial<Store> as Store;
const reads = { standing: () => Promise.resolve(null) } as Partial<Reads> as Reads;
const activities = dueActivitiesWith({ store, reads });

test.each([
  ['R30 one that was stopped is left due', 'releaseDue', 'release'],
  ['one that is through is due no more', 'finishDue', 'finish'],
] as const)('%s', async (_, activity, what) => {
  told.length = 0;
  await activities[activity]({ site: 'acme', link: 7 });
  expect(told).toEqual([`${what} acme 7`]);
});
