/** R15, R22: a record is deleted while nobody knows whether a create from it has made another one. */
import { decideWith } from '../../../src/activities/decide';
import { alone, company, creating, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';
import { operate } from './operated';
import { begun, planned } from './step-world';

export function perhapsDeletedContract(make: MakeStore): void {
  const opened = openedFor(make);

  /** Acme of Desk, whose create in Teamwork.com may have made each of these clients; then Acme is deleted. */
  async function deletedAcme(clients: readonly string[]) {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const plan = creating('teamwork', { name: 'Acme' });
    const { intent } = await begun(world, await planned(world, 'company', 'desk', '7', plan));
    await world.store.leaveUnknown(world.site, intent);
    await world.survey(
      'teamwork',
      'company',
      clients.map((id) => company('teamwork', id, `Renamed ${id}`)),
    );
    await world.settle('company', 'teamwork', () => alone);
    await world.store.closeIntent(world.site, intent, clients);
    await world.store.recordGone(world.site, 'desk', 'company', '7', new Date().toISOString());
    const acme = (await world.linkOf('company', 'desk', '7')).link.number;
    return { world, acme, decide: (link: number) => decideWith(world)({ site: world.site, link }) };
  }

  const client = async (world: World, id: string) =>
    (await world.linkOf('company', 'teamwork', id)).link.number;

  it('R15 R22 what it perhaps made is not new, whoever is decided first', async () => {
    const { world, decide } = await deletedAcme(['9']);
    expect(await decide(await client(world, '9'))).toMatchObject({
      ...{ status: 'question', reason: 'perhaps_made_by_us', steps: [] },
    });
  });

  it('R22 the only one that it perhaps made is what remains of a pair', async () => {
    const { world, acme, decide } = await deletedAcme(['9']);
    expect(await decide(acme)).toMatchObject({ steps: [], readAgain: ['desk'] });
    const { link } = await world.linkOf('company', 'teamwork', '9');
    expect(link).toMatchObject({ phase: 'active', ids: { teamwork: '9', desk: '7' } });
    await decide(link.number);
    expect((await world.store.view(world.site, link.number))?.link).toMatchObject({
      ...{ phase: 'broken', status: 'broken', reason: 'deleted_in_desk' },
    });
  });

  it('R14 R22 of several an operator says which it was; the others are new', async () => {
    const { world, acme, decide } = await deletedAcme(['8', '9']);
    expect(await decide(acme)).toMatchObject({ status: 'excluded', reason: 'deleted_in_desk' });
    const made = await client(world, '9');
    for (const id of ['8', '9']) await decide(await client(world, id));
    const answer = { verb: 'answer', verdict: 'same', id: '7' } as const;
    expect(await operate(world, made, answer)).toMatchObject({ done: true });
    expect(await decide(made)).toMatchObject({ steps: [], readAgain: ['desk'] });
    const { link } = await world.linkOf('company', 'teamwork', '9');
    await decide(link.number);
    expect((await world.store.view(world.site, link.number))?.link).toMatchObject({ phase: 'broken' });
    expect(await decide(await client(world, '8'))).toMatchObject({ steps: [{ action: 'create' }] });
  });

  it('R15 one that an operator tells apart from it is new', async () => {
    const { world, decide } = await deletedAcme(['9']);
    const made = await client(world, '9');
    await decide(made);
    await operate(world, made, { verb: 'answer', verdict: 'apart', id: '7' });
    expect(await decide(made)).toMatchObject({ steps: [{ side: 'desk', action: 'create' }] });
  });
}
