/** Which turns begin with a plan that is there already, and which decide anew. */
import { company, creating, waiting, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';
import { begun } from './step-world';

export function duePlansContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function planned(): Promise<{ readonly world: World; readonly link: number }> {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '1', 'Acme')]);
    await world.settle('company', 'desk', () => creating('teamwork', { name: 'Acme' }));
    return { world, link: (await world.linkOf('company', 'desk', '1')).link.number };
  }
  const claimed = async (world: World) => (await world.store.claimDue(world.site, world.run, 1))[0];

  it('a link that is due to have its plan carried out brings it, until the link moves', async () => {
    const { world, link } = await planned();
    expect((await claimed(world))?.plan?.steps).toEqual([{ side: 'teamwork', action: 'create' }]);
    const view = await world.linkOf('company', 'desk', '1');
    await world.store.savePlan(world.site, { view, plan: waiting });
    await world.store.releaseDue(world.site, link);
    expect(await claimed(world)).toMatchObject({ link, plan: null });
  });

  it('one that somebody else made due meanwhile is decided anew', async () => {
    const { world, link } = await planned();
    await world.store.wakeAt(world.site, link, new Date().toISOString());
    expect(await claimed(world)).toMatchObject({ link, plan: null });
  });

  it('R15 one whose write has begun, and nobody told how it ended, is decided anew', async () => {
    const impatient = await make({ redispatchMs: 0 });
    const { world, link } = await planned();
    const { intent } = await begun(world, (await claimed(world))?.plan?.planId ?? '');
    const [due] = await impatient.store.claimDue(world.site, world.run, 1);
    expect(due).toMatchObject({ link, plan: null });
    expect((await world.store.view(world.site, link))?.intent).toMatchObject({ id: intent });
    await impatient.close();
  });

  it('R25 one that is made due once its plan was carried out is decided anew', async () => {
    const { world, link } = await planned();
    await claimed(world);
    await world.store.finishDue(world.site, link);
    await world.store.wakeAt(world.site, link, new Date().toISOString());
    const [due] = await world.store.claimDue(world.site, null, 1);
    expect(due).toMatchObject({ link, plan: null });
  });
}
