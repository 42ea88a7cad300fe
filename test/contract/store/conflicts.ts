/** Conflicts in the journal: each is told once (R11). */
import { lostInDesk, updating, writing, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';
import { done } from './step-done';
import { begun, eventsOf, planned } from './step-world';

export function conflictsContract(make: MakeStore): void {
  const opened = openedFor(make);

  const conflicts = async (world: World, link: number) =>
    (await eventsOf(world, link)).filter((event) => event === 'conflict').length;
  const loser = lostInDesk('website', 'mine.test', 'acme.test');
  const plan = { ...writing(updating('desk', { website: 'acme.test' })), losers: [loser] };

  it('R11 one that is decided twice before its write is told once, after it once more', async () => {
    const world = await opened.world();
    const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await planned(world, 'company', 'desk', '7', plan);
    const planId = await planned(world, 'company', 'desk', '7', plan);
    expect(await conflicts(world, number)).toBe(1);
    const { intent } = await begun(world, planId);
    await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { website: 'acme.test' }));
    await planned(world, 'company', 'desk', '7', plan);
    expect(await conflicts(world, number)).toBe(2);
  });

  it('R11 one is not over with a write of another field', async () => {
    const world = await opened.world();
    const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    const email = { email: 'a@acme.test' };
    const other = { ...writing(updating('desk', email)), losers: [loser] };
    const { intent } = await begun(world, await planned(world, 'company', 'desk', '7', other));
    await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', email));
    await planned(world, 'company', 'desk', '7', plan);
    expect(await conflicts(world, number)).toBe(1);
  });

  it('R11 one that is known better when it is decided again is the same one', async () => {
    const world = await opened.world();
    const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await planned(world, 'company', 'desk', '7', plan);
    const changedAt = { teamwork: '2026-01-01T00:00:00Z', desk: null };
    const later = { ...loser, base: 'first.test', decidedBy: 'latest' as const, changedAt };
    await planned(world, 'company', 'desk', '7', { ...plan, losers: [later] });
    expect(await conflicts(world, number)).toBe(1);
  });

  it.each([{ value: 'theirs.test' }, { against: 'other.test' }])(
    'R11 with %p it is another one',
    async (other) => {
      const world = await opened.world();
      const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await planned(world, 'company', 'desk', '7', plan);
      await planned(world, 'company', 'desk', '7', { ...plan, losers: [{ ...loser, ...other }] });
      expect(await conflicts(world, number)).toBe(2);
    },
  );
}
