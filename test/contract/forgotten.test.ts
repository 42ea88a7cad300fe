/** Postgres alone: nothing is left of somebody forgotten, and the journal is append-only but for that (R32). */
import type { Plan } from '../../src/domain/plan';
import type { Side } from '../../src/domain/record';
import { everyRow } from '../support/every-row';
import { ownStore } from '../support/own-store';
import {
  agreed,
  alone,
  aWorld,
  creating,
  lostInDesk,
  pairedWith,
  person,
  updating,
  writing,
} from '../support/store-world';
import { deleted, linkAt, linkedPerson, linkedPersonTo, operate } from './store/operated';
import { begun } from './store/step-world';

const opened = ownStore();
const forget = { verb: 'forget' } as const;

/** The tables in which somebody's values are still to be found. */
async function keptOf(text: RegExp): Promise<string[]> {
  const tables = Object.entries(await everyRow(opened.url()));
  return tables.filter(([, rows]) => rows.some((row) => text.test(row))).map(([name]) => name);
}

test('R32 of a conflict only the field, the rule and the times are left, when the person is forgotten', async () => {
  const world = await aWorld(opened());
  const { site, store, reads } = world;
  await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
  await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
  await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '7' })]);
  await world.settle('customer', 'teamwork', () => pairedWith('8'));
  const view = await world.linkOf('customer', 'desk', '8');
  const losers = [lostInDesk('lastName', 'Canary-Lost', 'Canary-Won', { base: 'Canary-Base' })];
  await store.savePlan(site, {
    view,
    plan: { ...writing(updating('desk', { lastName: 'Canary-Won' })), losers },
  });
  const told = async () => JSON.stringify(await reads.timeline(site, view.link.number, 50));
  expect((await told()).match(/Canary-(Lost|Won|Base)/g)).toHaveLength(3);
  await opened().operations.operate(site, view.link.number, { verb: 'forget' }, 'once');
  expect(await told()).not.toMatch(/canary/i);
  const [conflict] = (await reads.timeline(site, view.link.number, 50)).filter(
    ({ event }) => event === 'conflict',
  );
  expect(conflict?.detail).toEqual({
    ...{ field: 'lastName', rule: 'policy', decidedBy: 'teamwork', changedAt: null },
  });
});

test('R32 what a row that was merged into the person’s link was about to write is gone with the rest', async () => {
  const world = await aWorld(opened());
  await world.survey('teamwork', 'customer', [person('teamwork', '3', 'merged@canary.test')]);
  await world.survey('desk', 'customer', [person('desk', '8', 'other@canary.test')]);
  for (const side of ['teamwork', 'desk'] as const) await world.settle('customer', side, () => alone);
  const { link } = await world.linkOf('customer', 'teamwork', '3');
  const view = await world.linkOf('customer', 'desk', '8');
  const plan = creating('teamwork', { lastName: 'Canary-Merged', email: 'other@canary.test' });
  expect(await world.store.savePlan(world.site, { view, plan })).not.toBeNull();
  const own = { view: await world.linkOf('customer', 'teamwork', '3'), plan: pairedWith('8') };
  await world.store.savePlan(world.site, own);
  expect((await linkAt(world, view.link.number)).number).toBe(link.number);
  expect(await keptOf(/@canary|canary-merged/i)).toContain('plans');
  await operate(world, link.number, forget);
  expect(await keptOf(/@canary|canary-merged/i)).toEqual([]);
});

test('R32 the tombstone of a record made again keeps nothing of the person either', async () => {
  const own = await linkedPerson(await aWorld(opened()), { teamwork: { lastName: 'Twice' } });
  const { world, person: former } = own;
  await deleted(own, 'customer', 'desk', former);
  await world.survey('desk', 'customer', [person('desk', '9', 'again@acme.test', { company: '7' })]);
  await world.settle('customer', 'desk', () => alone);
  const link = await linkedPersonTo(world, '9');
  expect((await linkAt(world, former)).bases.desk).not.toEqual({});
  await operate(world, link, forget);
  expect((await linkAt(world, former)).bases).toEqual({ teamwork: {}, desk: {} });
});

test('R32 nobody else is forgotten with a tombstone: a record that has another link since stays what it is', async () => {
  const { world, person: former } = await linkedPerson(await aWorld(opened()));
  await operate(world, former, { verb: 'unlink' });
  await world.survey('teamwork', 'customer', [person('teamwork', '4', 'eve@acme.test', { company: '1' })]);
  await world.settle('customer', 'teamwork', () => alone);
  const view = await world.linkOf('customer', 'teamwork', '4');
  await world.store.savePlan(world.site, { view, plan: pairedWith('8', { email: 'eve@acme.test' }) });
  await operate(world, former, forget);
  const other = await world.linkOf('customer', 'teamwork', '4');
  expect(other.records.desk?.fields.firstName).toBe('Ada');
  expect(other.link).toMatchObject({ phase: 'active', bases: { desk: { email: 'eve@acme.test' } } });
  const gone = await world.store.viewOfRecord(world.site, 'customer', 'teamwork', '3');
  expect(gone?.records.teamwork?.fields).toEqual({});
});

test('R31, R32 a row merged into one that was merged later on belongs to what both have become', async () => {
  const own = await linkedPerson(await aWorld(opened()));
  const { world, person: former } = own;
  await operate(world, former, { verb: 'unlink' });
  await world.survey('teamwork', 'customer', [person('teamwork', '4', 'b@acme.test', { company: '1' })]);
  await world.survey('desk', 'customer', [person('desk', '9', 'b@acme.test', { company: '7' })]);
  for (const side of ['teamwork', 'desk'] as const) await world.settle('customer', side, () => alone);
  const save = async (side: Side, id: string, plan: Plan) =>
    world.store.savePlan(world.site, { view: await world.linkOf('customer', side, id), plan });
  const losers = [lostInDesk('lastName', 'Canary-Chain', 'Byron')];
  await save('desk', '9', { ...alone, losers });
  const { number } = (await world.linkOf('customer', 'desk', '9')).link;
  await save('teamwork', '4', pairedWith('9'));
  const link = (await world.linkOf('customer', 'teamwork', '4')).link.number;
  expect(link).not.toBe(number);
  await save('teamwork', '4', { ...agreed, moveTo: '8' });
  await deleted(own, 'customer', 'teamwork', link);
  await operate(world, link, { verb: 'restore', withPeople: false });
  expect(await operate(world, former, { verb: 'relink', withPeople: false })).toMatchObject({ done: true });
  expect((await linkAt(world, number)).number).toBe(former);
  expect(await keptOf(/canary-chain/i)).toEqual(['journal']);
  const told = await world.reads.timeline(world.site, former, 100);
  expect(told.map((entry) => entry.link)).toContain(number);
  await operate(world, former, forget);
  expect(await keptOf(/canary-chain/i)).toEqual([]);
});

test('R32 mirror, bases, choices, notes, writes and plans keep nothing of the person', async () => {
  const own = await linkedPerson(await aWorld(opened()), {
    teamwork: { lastName: 'Canary-Left' },
    desk: { lastName: 'Canary-Right' },
  });
  const { world, person: link } = own;
  const { site, store } = world;
  await operate(world, link, { verb: 'choose', field: 'lastName', side: 'desk' });
  const decided = async (plan: Plan) => ({ view: await world.linkOf('customer', 'desk', '8'), plan });
  await store.startRun(site, 'a-plan', 'plan');
  await store.keepPlanned(site, 'a-plan', [await decided(agreed)]);
  const write = updating('desk', { firstName: 'Canary-Written' });
  const saved = await store.savePlan(site, await decided(writing(write)));
  const start = await begun(world, saved?.planId ?? '');
  await store.refuseStep(site, start.intent, { reason: 'refused', retryAt: null });
  const tables = ['intents', 'links', 'planned', 'plans', 'record_keys', 'records'];
  expect(await keptOf(/canary-(left|right|written)/i)).toEqual(tables);
  await operate(world, link, forget);
  expect(await keptOf(/canary-(left|right|written)/i)).toEqual([]);
});

test('R32 one who stands alone is forgotten for good, too', async () => {
  const world = await aWorld(opened());
  await world.survey('desk', 'customer', [person('desk', '8', 'alone@canary.test')]);
  await world.settle('customer', 'desk', () => alone);
  const { number } = (await world.linkOf('customer', 'desk', '8')).link;
  expect(await operate(world, number, forget)).toMatchObject({ done: true, status: 'broken' });
  expect(await linkAt(world, number)).toMatchObject({ phase: 'broken', reason: 'forgotten' });
  expect(await keptOf(/alone@canary/i)).toEqual([]);
});
