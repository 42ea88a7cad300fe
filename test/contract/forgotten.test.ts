/** Postgres alone: the journal is append-only, but for the values of somebody forgotten (R32). */
import { ownStore } from '../support/own-store';
import { aWorld, lostInDesk, pairedWith, person, updating, writing } from '../support/store-world';

const opened = ownStore();

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
