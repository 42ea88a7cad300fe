/** R15: what a create made whose answer was lost is adopted, asked about or made again; never made twice behind a rename. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { lookWith } from '../../src/activities/look';
import type { SameAccounts } from '../../src/activities/same-accounts';
import { planLink } from '../../src/domain/planner';
import type { Observation } from '../../src/domain/record';
import type { Apis, SideApi } from '../../src/ports/apis';
import { aWorld, alone, company, creating, updating, writing, type World } from '../support/store-world';
import { operate } from '../contract/store/operated';
import { Memory } from '../simulation/memory-store/memory';
import { openMemoryStore } from '../simulation/memory-store/open-memory-store';

let now = Date.now();
const us = '901';
const clientOf = (
  id: string,
  name: string,
  createdAt: number,
  createdBy: string | null = us,
): Observation => ({
  ...company('desk', id, name),
  createdAt: new Date(createdAt).toISOString(),
  createdBy,
});

/** A company of Teamwork.com, whose creation in Desk had its answer lost. */
async function aLostCreate() {
  const memory = new Memory(() => (now += 10));
  const world = await aWorld(openMemoryStore(memory, { settleMs: 0, redispatchMs: 60_000 }));
  const { store, site } = world;
  await world.survey('desk', 'company', [clientOf('6', 'Older', now)]);
  await world.settle('company', 'desk', () => alone);
  await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
  await world.settle('company', 'teamwork', () => alone);
  const view = await world.linkOf('company', 'teamwork', '1');
  const plan = creating('desk', { name: 'Acme', website: '', email: '' });
  const saved = await store.savePlan(site, { view, plan });
  const begun = await store.beginStep(site, saved?.planId ?? '', 0);
  if ('refused' in begun) throw new Error(begun.refused);
  await store.leaveUnknown(site, begun.intent);
  return { world, link: view.link.number };
}

interface Shown {
  readonly byId?: Observation;
  readonly byName?: readonly Observation[];
  /** Page by page. */
  readonly changed?: readonly (readonly Observation[])[];
}

/** What the look came to, with the times since which changes were asked for. */
async function looked(
  { world, link }: { world: World; link: number },
  { byId, byName = [], changed = [] }: Shown,
) {
  const since: string[] = [];
  const api: Pick<SideApi, 'read' | 'find' | 'changes'> = {
    read: () => (byId === undefined ? Promise.reject(new Error('Nothing is read.')) : Promise.resolve(byId)),
    find: () => Promise.resolve(byName),
    changes: (_, __, from, cursor) => {
      since.push(from);
      const at = Number(cursor ?? 0);
      const next = at + 1 < changed.length ? String(at + 1) : null;
      const observations = changed[at] ?? [];
      return Promise.resolve({ observations, next, total: null, unreadable: [], answeredAt: null });
    },
  };
  const granted = { grantedAt: new Date((now += 10)).toISOString(), answered: () => Promise.resolve() };
  const look = lookWith({
    store: world.store,
    budget: { take: () => Promise.resolve({ granted }) },
    apis: { of: () => Promise.resolve(api) } as unknown as Apis,
    accounts: { stillTheSame: () => Promise.resolve(true) } as unknown as SameAccounts,
  });
  const input = { site: world.site, link, side: 'desk', kind: 'company', priority: 2, run: null } as const;
  return { result: await new MockActivityEnvironment().run(() => look(input)), since };
}

const plannedFor = async (world: World, side: 'teamwork' | 'desk', id: string) =>
  planLink(await world.linkOf('company', side, id));

describe('R15 a lost create that nothing is found of by its name', () => {
  it('R15 is a question where a record of ours came since then under another name', async () => {
    const lost = await aLostCreate();
    const { world } = lost;
    const renamed = clientOf('7', 'Renamed', now);
    const told = await looked(lost, { changed: [[clientOf('6', 'Older', now)], [renamed]] });
    expect(told.result).toBe('no_effect');
    expect(told.since).toHaveLength(2);
    expect(await plannedFor(world, 'teamwork', '1')).toMatchObject({
      ...{ status: 'question', reason: 'perhaps_made_by_us', candidates: ['7'], steps: [] },
    });
    await world.settle('company', 'desk', () => alone);
    expect(await plannedFor(world, 'desk', '7')).toMatchObject({ status: 'question', candidates: ['1'] });
  });

  it('R15 the question answered: apart creates, same links', async () => {
    for (const verdict of ['apart', 'same'] as const) {
      const lost = await aLostCreate();
      const { world, link } = lost;
      await looked(lost, { changed: [[clientOf('7', 'Renamed', now)]] });
      const view = await world.linkOf('company', 'teamwork', '1');
      await world.store.savePlan(world.site, { view, plan: planLink(view) });
      await operate(world, link, { verb: 'answer', verdict, id: null });
      const plan = await plannedFor(world, 'teamwork', '1');
      expect([plan.pairWith, plan.steps.map(({ action }) => action)]).toEqual(
        verdict === 'same' ? ['7', ['update']] : [null, ['create']],
      );
    }
  });

  it('R15 is adopted where the search lags behind and it is among what changed', async () => {
    const lost = await aLostCreate();
    expect((await looked(lost, { changed: [[clientOf('7', 'Acme', now)]] })).result).toBe('adopted');
  });

  it.each([
    ['another user made', () => clientOf('7', 'Other', now, '5')],
    ['was made long before', () => clientOf('7', 'Other', now - 600_000)],
    ['was known before', () => clientOf('6', 'Other', now)],
    ['was deleted', () => ({ ...clientOf('7', 'Other', now), deleted: true })],
    ['is no client, as R1 has it', () => ({ ...clientOf('7', 'Other', now), scope: 'owner' as const })],
    ['is no client and equal', () => ({ ...clientOf('7', 'Acme', now), scope: 'owner' as const })],
  ])('R15 is made again, whatever %s', async (_, other) => {
    const lost = await aLostCreate();
    expect((await looked(lost, { changed: [[other()]] })).result).toBe('no_effect');
    expect((await plannedFor(lost.world, 'teamwork', '1')).steps).toMatchObject([{ action: 'create' }]);
  });

  it('R14 R15 is not made beside one of that name that somebody else made meanwhile', async () => {
    const lost = await aLostCreate();
    const theirs = clientOf('7', 'Acme', now, '5');
    expect((await looked(lost, { byName: [theirs] })).result).toBe('no_effect');
    expect(await plannedFor(lost.world, 'teamwork', '1')).toMatchObject({
      situation: 'found',
      pairWith: '7',
    });
  });
});

describe('R15 a lost update', () => {
  async function aLostUpdate() {
    const memory = new Memory(() => (now += 10));
    const world = await aWorld(openMemoryStore(memory, { settleMs: 0, redispatchMs: 60_000 }));
    const { store, site } = world;
    const link = await world.linkedCompany('Acme', { teamwork: '1', desk: '6' });
    const view = await world.linkOf('company', 'desk', '6');
    const plan = writing(updating('desk', { website: 'acme.test' }));
    const saved = await store.savePlan(site, { view, plan });
    const begun = await store.beginStep(site, saved?.planId ?? '', 0);
    if ('refused' in begun) throw new Error(begun.refused);
    await store.leaveUnknown(site, begun.intent);
    return { world, link };
  }

  const inDesk = (website: string): Observation => ({
    ...company('desk', '6', 'Acme', { updatedAt: new Date(now).toISOString(), updatedBy: '5' }),
    fields: { name: 'Acme', website, email: '' },
  });

  it('R15 that took effect is adopted', async () => {
    const lost = await aLostUpdate();
    expect((await looked(lost, { byId: inDesk('acme.test') })).result).toBe('adopted');
    const { intent, link } = await lost.world.linkOf('company', 'desk', '6');
    expect([intent, link.bases.desk.website]).toEqual([null, 'acme.test']);
  });

  it('R10 R15 that a user has edited over meanwhile is decided on what the user made of it', async () => {
    const lost = await aLostUpdate();
    expect((await looked(lost, { byId: inDesk('theirs.test') })).result).toBe('no_effect');
    const { intent, records } = await lost.world.linkOf('company', 'desk', '6');
    expect([intent, records.desk?.fields.website]).toEqual([null, 'theirs.test']);
  });
});
