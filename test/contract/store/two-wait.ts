/** Two linked records of which each holds the name that the other is to have (A50). */
import { company, updating, writing, type MakeStore, type World } from '../../support/store-world';
import { rest } from './operated';
import { openedFor } from './opened';
import { begun, planned } from './step-world';

interface Rename {
  readonly own: string;
  readonly target: string;
  readonly to: string;
}

const beta: Rename = { own: '1', target: '7', to: 'Beta' };
const acme: Rename = { own: '2', target: '8', to: 'Acme' };

export function twoWaitContract(make: MakeStore): void {
  const opened = openedFor(make);

  /** Acme and Beta, linked, with these names in Teamwork.com since. */
  async function renamed(renames: readonly Rename[]): Promise<World> {
    const world = await opened.world();
    const readAt = new Date(Date.now() + 1_000).toISOString();
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.linkedCompany('Beta', { teamwork: '2', desk: '8' });
    await world.store.recordObservation(world.site, company('desk', '9', 'Else'));
    for (const { own, to } of renames) {
      await world.store.recordObservation(world.site, company('teamwork', own, to, { readAt }));
    }
    return world;
  }

  async function refused(world: World, { target, to }: Rename): Promise<void> {
    const plan = writing(updating('desk', { name: to }));
    const { intent } = await begun(world, await planned(world, 'company', 'desk', target, plan));
    await world.store.refuseStep(world.site, intent, { reason: 'taken', retryAt: null });
  }

  it.each([
    ['Acme', 'last', 'question', 'wait_for_each_other'],
    ['Else', 'last', 'failing', 'taken'],
    ['Else', 'first', 'failing', 'taken'],
  ])(
    'A50 Beta’s name refused to the one, and %s to the other, %s: %s',
    async (name, when, status, reason) => {
      const renames = [beta, { ...acme, to: name }];
      const world = await renamed(renames);
      for (const one of when === 'last' ? renames : [...renames].reverse()) await refused(world, one);
      for (const { target } of renames) {
        expect((await world.linkOf('company', 'desk', target)).link).toMatchObject({ status, reason });
      }
    },
  );

  it('A50 who waits for the other is due once its name is free', async () => {
    const world = await renamed([beta, acme]);
    for (const one of [beta, acme]) await refused(world, one);
    await rest(world);
    const readAt = new Date(Date.now() + 2_000).toISOString();
    await world.store.recordObservation(world.site, company('desk', '8', 'Free', { readAt }));
    expect(await world.dueLinks()).toEqual([(await world.linkOf('company', 'desk', '7')).link.number]);
  });

  it.each([beta, acme])('A50 who is refused anew, $to, is asked about again', async (again) => {
    const world = await renamed([beta, acme]);
    for (const one of [beta, acme, again]) await refused(world, one);
    for (const { target } of [beta, acme]) {
      const { link } = await world.linkOf('company', 'desk', target);
      expect(link).toMatchObject({ status: 'question', reason: 'wait_for_each_other' });
      const asked = (await world.reads.timeline(world.site, link.number, 100)).filter(
        ({ detail }) => detail.reason === 'wait_for_each_other',
      );
      expect(asked).toHaveLength(target === again.target ? 2 : 1);
    }
  });
}
