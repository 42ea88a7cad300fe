/** Confirmed writes of a set: alternative emails agree element by element (R8, R10). */
import { decideWith } from '../../../src/activities/decide';
import type { Fields, Side } from '../../../src/domain/record';
import { person, updating, waiting, writing, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';
import { done } from './step-done';
import { begun, planned } from './step-world';

export function setsConfirmedContract(make: MakeStore): void {
  const opened = openedFor(make);

  /** Person 3 = 8, with these emails beside the primary one. */
  async function aPair(own: Partial<Record<Side, Fields>> = {}): Promise<World> {
    const world = await opened.world();
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.survey('teamwork', 'customer', [
      person('teamwork', '3', 'a@acme.test', { company: '1', ...own.teamwork }),
    ]);
    await world.survey('desk', 'customer', [
      person('desk', '8', 'a@acme.test', { company: '7', ...own.desk }),
    ]);
    await world.settle('customer', 'teamwork', () => ({ ...waiting, pairWith: '8', status: 'in_sync' }));
    return world;
  }

  it('R8 a set written on both sides agrees only when both are confirmed', async () => {
    const world = await aPair();
    const both = { alternativeEmails: ['x@acme.test', 'y@acme.test'] };
    const planId = await planned(
      world,
      'customer',
      'desk',
      '8',
      writing(updating('desk', both), updating('teamwork', both)),
    );
    const first = await begun(world, planId, 0);
    await world.store.confirmStep(world.site, first.intent, done('desk', 'customer', '8', both));
    expect((await world.linkOf('customer', 'desk', '8')).link.bases).toEqual({ teamwork: {}, desk: {} });
    const second = await begun(world, planId, 1);
    await world.store.confirmStep(world.site, second.intent, done('teamwork', 'customer', '3', both));
    expect((await world.linkOf('customer', 'desk', '8')).link.bases).toEqual({
      teamwork: both,
      desk: both,
    });
  });

  it('R8 R15 a turn in between does not make the second write forgotten', async () => {
    const world = await aPair();
    const both = { alternativeEmails: ['x@acme.test', 'y@acme.test'] };
    const steps = writing(updating('desk', both), updating('teamwork', both));
    const { intent, link } = await begun(world, await planned(world, 'customer', 'desk', '8', steps));
    await world.store.leaveUnknown(world.site, intent);
    await decideWith(world)({ site: world.site, link });
    await world.store.confirmStep(world.site, intent, done('desk', 'customer', '8', both));
    expect((await world.linkOf('customer', 'desk', '8')).link.bases).toEqual({ teamwork: {}, desk: {} });
  });

  it('R10 an email that each side had alone is agreed on once both have both', async () => {
    const [x, y] = ['x@acme.test', 'y@acme.test'];
    const world = await aPair({ teamwork: { alternativeEmails: [x] }, desk: { alternativeEmails: [y] } });
    const [onDesk, onTeamwork] = [{ alternativeEmails: [y, x] }, { alternativeEmails: [x, y] }];
    const steps = writing(updating('desk', onDesk), updating('teamwork', onTeamwork));
    const planId = await planned(world, 'customer', 'desk', '8', steps);
    for (const [index, side, id, read, added] of [
      [0, 'desk', '8', onDesk, x],
      [1, 'teamwork', '3', onTeamwork, y],
    ] as const) {
      const { intent } = await begun(world, planId, index);
      const told = done(side, 'customer', id, read, { base: { alternativeEmails: [added] } });
      await world.store.confirmStep(world.site, intent, told);
    }
    expect((await world.linkOf('customer', 'desk', '8')).link.bases).toEqual({
      teamwork: onTeamwork,
      desk: onTeamwork,
    });
  });

  it('R8 an email that could not be sent across is not agreed on by a write to the side that has it', async () => {
    const world = await aPair();
    const both = { alternativeEmails: ['others@acme.test', 'new@acme.test'] };
    const sent = { alternativeEmails: ['new@acme.test'] };
    const step = { ...updating('desk', both), sourceBase: sent };
    const planId = await planned(world, 'customer', 'desk', '8', writing(step));
    const { intent } = await begun(world, planId);
    await world.store.confirmStep(world.site, intent, done('desk', 'customer', '8', both));
    expect((await world.linkOf('customer', 'desk', '8')).link.bases).toEqual({
      teamwork: sent,
      desk: sent,
    });
  });
}
