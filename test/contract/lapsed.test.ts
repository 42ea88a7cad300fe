/** Postgres alone: what ends with time. The stored times are put back, for nobody waits an hour. */
import { besideStore } from '../support/beside-store';
import { aWorld } from '../support/store-world';
import { decide, deleted, linkedCompanies } from './store/linked-companies';
import { aCreate, begun } from './store/step-world';

const { opened, ports, query } = besideStore();

/** Five companies, of which the last three wait in a hold. */
async function heldBreaks() {
  const world = await aWorld(opened());
  const links = await linkedCompanies(world, 5);
  for (const link of links) await decide(world, link, deleted);
  const [hold] = await world.reads.holds(world.site);
  if (hold === undefined) throw new Error('Nothing was held.');
  const back = (set: string, table: string) =>
    query(`update ${table} set ${set} where site = $1`, [world.site]);
  return { world, hold, last: links[4] ?? 0, back };
}

test('R26 what passed counts for 24 hours', async () => {
  const world = await aWorld(opened());
  const links = await linkedCompanies(world, 6);
  for (const link of links.slice(0, 3)) await decide(world, link, deleted);
  const back = (by: string) =>
    query(`update guarded_changes set at = at - $2::interval where site = $1`, [world.site, by]);
  await back('23 hours 50 minutes');
  expect(await decide(world, links[3] ?? 0, deleted)).toMatchObject({ status: 'held' });
  await back('10 minutes');
  expect(await decide(world, links[4] ?? 0, deleted)).toMatchObject({ phase: 'broken' });
});

test('R26 an approval is valid for an hour', async () => {
  const { world, hold, last, back } = await heldBreaks();
  await world.store.approveHold(world.site, hold.number, null);
  await back(`expires_at = expires_at - interval '1 hour'`, 'holds');
  expect(await decide(world, last, deleted)).toMatchObject({ status: 'held' });
});

test.each([
  ['an hour ago', '-1 second', 'held'],
  ['just now', '1 minute', 'broken'],
])('R26 what was announced %s is announced: %s, %s', async (_, until, status) => {
  const { world, last } = await heldBreaks();
  await query(
    `insert into announced (site, link, until, breaks) values ($1, $2, clock_timestamp() + $3::interval, true)`,
    [world.site, last, until],
  );
  const { version } = (await world.reads.holds(world.site))[0] ?? { version: 0 };
  expect(version).toBeGreaterThan(0);
  expect(await decide(world, last, deleted)).toMatchObject({ status });
});

test('R15 a write that has settled stays so, though it is called unknown once more', async () => {
  const { world, planId, number } = await aCreate(ports);
  const { intent } = await begun(world, planId);
  await world.store.leaveUnknown(world.site, intent);
  await query(`update intents set settles_at = settles_at - interval '1 hour' where site = $1`, [world.site]);
  await world.store.leaveUnknown(world.site, intent);
  const { rows } = await query<{ settled: boolean }>(
    `select settles_at < clock_timestamp() - interval '30 minutes' as settled from intents where site = $1`,
    [world.site],
  );
  expect(rows).toEqual([{ settled: true }]);
  expect((await world.store.view(world.site, number))?.intent?.settled).toBe(true);
});

test('R15 an order of a company holds its name for as long as it may have been sent', async () => {
  const world = await aWorld(opened());
  const { operations, site } = world;
  const order = (domain: string) =>
    operations.orderCompany(site, { fields: { name: 'Acme' }, domains: [domain], addAsClient: false });
  const back = () =>
    query(`update new_companies set ordered_at = ordered_at - interval '2 minutes' where site = $1`, [site]);
  await order('a.test');
  expect(await order('b.test')).toEqual({ underWay: true });
  await back();
  const taken = await order('b.test');
  const id = 'order' in taken ? taken.order : '';
  expect(await operations.companySent(site, id)).toBe('sent');
  for (const unknown of [false, true]) {
    if (unknown) await operations.companyUnknown(site, id);
    await back();
    expect(await order('c.test')).toEqual({ underWay: true });
  }
});
