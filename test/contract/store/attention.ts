/** What is told to wait for a person, and what is not (R5, R22, R31). */
import { nothingToDo } from '../../../src/domain/plan-shapes';
import { alone, company, pairedWith, person, type MakeStore } from '../../support/store-world';
import { linkedCompanies, decide, deleted } from './linked-companies';
import { openedFor } from './opened';

export function attentionContract(make: MakeStore): void {
  const opened = openedFor(make);

  it('R31 a row that failed and was merged into another fails no more', async () => {
    const world = await opened.world();
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'teamwork', () => alone);
    await world.settle('company', 'desk', () => nothingToDo('taken', 'failing', 'taken'));
    expect((await world.reads.attention(world.site)).failing).toHaveLength(1);
    const view = await world.linkOf('company', 'teamwork', '1');
    await world.store.savePlan(world.site, { view, plan: pairedWith('7') });
    expect((await world.reads.attention(world.site)).failing).toEqual([]);
  });

  it('R22 what remained of a break and is shown as deleted does not stand alone', async () => {
    const world = await opened.world();
    const [link = 0] = await linkedCompanies(world, 1);
    await decide(world, link, deleted);
    for (const side of ['teamwork', 'desk'] as const) {
      await world.survey(side, 'company', [company(side, '1', 'c1', { deleted: true })]);
    }
    expect((await world.reads.attention(world.site)).alone).toEqual([]);
  });

  it('R22 it counts with its people, of the side that has more of them', async () => {
    const world = await opened.world();
    const [link = 0] = await linkedCompanies(world, 1);
    await decide(world, link, deleted);
    const people = ['a', 'b'].map((id) => person('teamwork', id, `${id}@acme.test`, { company: '1' }));
    await world.survey('teamwork', 'customer', people);
    await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '1' })]);
    expect((await world.reads.attention(world.site)).alone).toMatchObject([{ id: link, count: 3 }]);
  });
}
