/** The dispatcher over scripted ports: what cannot be told now waits, and no site waits for another. */
import { startDispatcher, type Dispatcher } from '../../src/bridge/dispatcher';
import type { DueLink } from '../../src/ports/due';
import type { Reads } from '../../src/ports/reads';
import type { Store } from '../../src/ports/store';
import { until } from '../support/until';

const due = (link: number): DueLink => ({
  link,
  kind: 'company',
  priority: 1,
  run: null,
  read: [],
  deleted: [],
  plan: null,
});

/** Sites with their due links; what is postponed is due again at the next look. */
function scripted(sites: Readonly<Record<string, number[]>>, start: (site: string, link: number) => void) {
  const waiting = new Map(Object.entries(sites).map(([site, links]) => [site, [...links]]));
  const told: string[] = [];
  const postponed: string[] = [];
  const warnings: string[] = [];
  let dispatcher: Dispatcher | undefined;
  const store = {
    dropOldDeliveries: () => Promise.resolve(0),
    sitesWithWork: () =>
      Promise.resolve([...waiting].filter(([, links]) => links.length > 0).map(([site]) => site)),
    dispatchDeliveries: () => Promise.resolve(0),
    drainState: () => Promise.resolve({ open: 0 }),
    claimDue: (site: string, _run: string | null, limit: number) =>
      Promise.resolve((waiting.get(site) ?? []).splice(0, limit).map(due)),
    postponeDue: (site: string, link: number) => {
      postponed.push(`${site}/${link}`);
      waiting.get(site)?.push(link);
      return Promise.resolve();
    },
  } as unknown as Store;
  return {
    told,
    postponed,
    warnings,
    begin() {
      dispatcher = startDispatcher({
        store,
        reads: {
          budgets: () =>
            Promise.resolve({ teamwork: { limitPerMinute: 150 }, desk: { limitPerMinute: 120 } }),
        } as unknown as Reads,
        entities: {
          start: (site: string, { link }: DueLink) => {
            start(site, link);
            told.push(`${site}/${link}`);
            return Promise.resolve();
          },
        },
        warn: (_facts, message) => warnings.push(message),
      });
    },
    end: () => dispatcher?.stop(),
  };
}

test('B2: a workflow too busy for another signal is told later; its link is not lost', async () => {
  let refusals = 2;
  const world = scripted({ acme: [1, 2] }, (_site, link) => {
    if (link === 1 && refusals-- > 0) throw new Error('RESOURCE_EXHAUSTED: BUSY_WORKFLOW');
  });
  world.begin();
  await until(() => world.told.length === 2);
  await world.end();
  expect(world.told).toEqual(['acme/2', 'acme/1']);
  expect(world.postponed).toEqual(['acme/1', 'acme/1']);
  expect(world.warnings).toContain('The workflow of link 1 could not be told; it is told later.');
});

test('B1: a site with a flood does not keep another waiting for more than its turn', async () => {
  const flood = Array.from({ length: 5_000 }, (_, index) => index + 1);
  const world = scripted({ acme: flood, zeta: [1, 2, 3] }, () => undefined);
  world.begin();
  await until(() => world.told.filter((one) => one.startsWith('zeta')).length === 3);
  const before = world.told.findIndex((one) => one === 'zeta/3');
  await world.end();
  expect(before).toBeLessThan(flood.length / 10);
});

test('B1: a site that cannot be served keeps no other from its turn', async () => {
  const world = scripted({ acme: [1], zeta: [1] }, (site) => {
    if (site === 'acme') throw new Error('Temporal says no.');
  });
  world.begin();
  await until(() => world.told.includes('zeta/1') && world.postponed.includes('acme/1'));
  await world.end();
});
