/** Situation `refused, taken`: who holds the name is looked for, so that the failure names the holder, or R14 decides. */
import { meetHolder } from '../../src/activities/meet-holder';
import { ApiError } from '../../src/domain/errors';
import type { Fields, Observation } from '../../src/domain/record';
import type { SideApi } from '../../src/ports/apis';
import type { Permit } from '../../src/ports/budget';
import { aWorld, company, type World } from '../support/store-world';
import { Memory } from '../simulation/memory-store/memory';
import { openMemoryStore } from '../simulation/memory-store/open-memory-store';

const acme = () => company('desk', '7', 'Acme');
let now = Date.now();
const newWorld = () =>
  aWorld(openMemoryStore(new Memory(() => (now += 10)), { settleMs: 20_000, redispatchMs: 60_000 }));

/** Whether somebody new was met, and what was looked for. */
async function met(world: World, find: () => Promise<readonly Observation[]>, values: Fields) {
  const asked: string[] = [];
  const api: Pick<SideApi, 'find'> = {
    find: (_, kind, identity) => {
      asked.push(`${kind} ${identity}`);
      return find();
    },
  };
  const permit = (): Promise<Permit> =>
    Promise.resolve({ grantedAt: new Date((now += 10)).toISOString(), answered: () => Promise.resolve() });
  const step = { side: 'desk', action: 'create', values, sourceBase: values } as const;
  const isNews = await meetHolder(world.store, api as SideApi, permit, {
    ...{ site: world.site, kind: 'company', step },
  });
  return { isNews, asked };
}

test('R14 a holder whom the mirror has not met is news, and known from then on', async () => {
  const world = await newWorld();
  const found = () => Promise.resolve([acme()]);
  expect(await met(world, found, { name: 'Acme' })).toEqual({ isNews: true, asked: ['company Acme'] });
  expect(await world.undecided('company', 'desk')).toMatchObject([{ records: { desk: { id: '7' } } }]);
  expect((await met(world, found, { name: 'Acme' })).isNews).toBe(false);
});

test('nobody is looked for where no name was to be written, and a failure to look is no news', async () => {
  const world = await newWorld();
  const fails = () =>
    Promise.reject(new ApiError('unavailable', 'down', { status: 503, effectUnknown: false }));
  expect(await met(world, fails, { website: 'acme.test' })).toEqual({ isNews: false, asked: [] });
  expect(await met(world, fails, { name: 'Acme' })).toEqual({ isNews: false, asked: ['company Acme'] });
});
