/** Who may be whose counterpart while a create is open, and what a create takes for itself (R14, R15). */
import {
  alone,
  company,
  creating,
  pairedWith,
  updating,
  writing,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { openedFor } from './opened';
import { aCreate, begun, planned } from './step-world';

const ofDomain = { domains: ['acme.test'] };

export function identitiesContract(make: MakeStore): void {
  const opened = openedFor(make);

  const createIn = async (world: World, side: 'teamwork' | 'desk', id: string, name: string) =>
    planned(world, 'company', side === 'desk' ? 'teamwork' : 'desk', id, creating(side, { name }));

  it('R15 what the first of two open creates may have made is awaited, though the second was sent after it was met', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Beta'), company('desk', '8', 'Gamma')]);
    await world.settle('company', 'desk', () => alone);
    await begun(world, await createIn(world, 'teamwork', '7', 'Beta'));
    await world.survey('teamwork', 'company', [company('teamwork', '9', 'Renamed', { createdBy: '900' })]);
    await world.settle('company', 'teamwork', () => alone);
    await begun(world, await createIn(world, 'teamwork', '8', 'Gamma'));
    const planId = await createIn(world, 'desk', '9', 'Renamed');
    expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'identity_claimed' });
  });

  it('R15 no page links what an open create may have made with another, until its outcome is known', async () => {
    const { world, planId } = await aCreate(opened);
    const { intent } = await begun(world, planId);
    await world.store.leaveUnknown(world.site, intent);
    await world.store.recordObservation(world.site, company('desk', '9', 'Acme'));
    const settled = async (name: string) => {
      await world.store.recordObservation(world.site, company('teamwork', '2', name));
      await world.settle('company', 'teamwork', ({ link }) =>
        link.ids.teamwork === '2' ? pairedWith('9') : alone,
      );
      const rows = await world.reads.resolve(world.site, 'teamwork:2');
      return rows.map(({ link }) => link.phase);
    };
    expect(await settled('Acme')).not.toContain('active');
    await world.store.closeIntent(world.site, intent);
    expect(await settled('Acme Two')).toEqual(['active']);
  });

  it('R15 what is met where an open create comes from is nothing that it made', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.')]);
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    for (const side of ['teamwork', 'desk'] as const) await world.settle('company', side, () => alone);
    await begun(world, await createIn(world, 'desk', '1', 'Acme'));
    await world.store.recordObservation(world.site, company('teamwork', '2', 'Acme'));
    await world.settle('company', 'teamwork', ({ link }) =>
      link.ids.teamwork === '2' ? pairedWith('7') : alone,
    );
    expect((await world.linkOf('company', 'desk', '7')).link).toMatchObject({
      phase: 'active',
      ids: { teamwork: '2' },
    });
  });

  it('R14 not when the other side has a record of that domain that the decision did not know of', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme', ofDomain)]);
    await world.settle('company', 'teamwork', () => alone);
    const planId = await createIn(world, 'desk', '1', 'Acme');
    await world.survey('desk', 'company', [company('desk', '7', 'Holding', ofDomain)]);
    expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'stale' });
  });

  it('R14 … unless several there carry it: then it tells nothing', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme', ofDomain)]);
    await world.settle('company', 'teamwork', () => alone);
    const planId = await createIn(world, 'desk', '1', 'Acme');
    await world.survey('desk', 'company', [
      company('desk', '7', 'Holding', ofDomain),
      company('desk', '8', 'Works', ofDomain),
    ]);
    expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
  });

  it('A24 … nor in the face of one that is gone', async () => {
    const { world, planId } = await aCreate(opened);
    await world.survey('desk', 'company', [company('desk', '7', 'ACME Inc.')]);
    const later = new Date(Date.now() + 1_000).toISOString();
    await world.store.recordGone(world.site, 'desk', 'company', '7', later);
    expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
  });

  it('R15 two that carry the same domain are not created at the same time', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme', ofDomain)]);
    await world.survey('desk', 'company', [company('desk', '7', 'Holding', ofDomain)]);
    for (const side of ['teamwork', 'desk'] as const) await world.settle('company', side, () => alone);
    const there = await createIn(world, 'desk', '1', 'Acme');
    const back = await createIn(world, 'teamwork', '7', 'Holding');
    await begun(world, there);
    expect(await world.store.beginStep(world.site, back, 0)).toEqual({ refused: 'identity_claimed' });
  });

  it('R15 two that are to have the same name are not renamed at the same time', async () => {
    const world = await opened.world();
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.linkedCompany('Borg', { teamwork: '2', desk: '8' });
    const renamed = writing(updating('desk', { name: 'Corp' }));
    const first = await begun(world, await planned(world, 'company', 'desk', '7', renamed));
    const planId = await planned(world, 'company', 'desk', '8', renamed);
    expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'identity_claimed' });
    await world.store.closeIntent(world.site, first.intent);
    expect(await world.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
  });

  it('R15 a record from which one is just being created is paired with nobody', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    for (const side of ['teamwork', 'desk'] as const) await world.settle('company', side, () => alone);
    const { intent } = await begun(world, await createIn(world, 'desk', '1', 'Acme'));
    const pair = async () =>
      world.store.savePlan(world.site, {
        view: await world.linkOf('company', 'desk', '7'),
        plan: pairedWith('1'),
      });
    expect(await pair()).toBeNull();
    await world.store.closeIntent(world.site, intent);
    expect(await pair()).not.toBeNull();
    expect((await world.linkOf('company', 'desk', '7')).link.phase).toBe('active');
  });

  it('R15 a write that may still be on its way has not settled, however short the time to settle is', async () => {
    const quick = await make({ settleMs: 0 });
    const { world, planId, number } = await aCreate(opened);
    expect(await quick.store.beginStep(world.site, planId, 0)).toHaveProperty('intent');
    expect((await quick.store.view(world.site, number))?.intent?.settled).toBe(false);
    await quick.close();
  });
}
