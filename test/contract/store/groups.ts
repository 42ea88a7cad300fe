/** What is known of the group of a lone record beside its names: domains, scopes, and what was asked (R1, R5, R14). */
import { alone, company, type MakeStore } from '../../support/store-world';
import { operate } from './operated';
import { openedFor } from './opened';

export function groupsContract(make: MakeStore): void {
  const opened = openedFor(make);

  it('is not led by a domain of which one carrier stands on the other side', async () => {
    const world = await opened.world();
    const domains = ['hosting.test'];
    await world.survey('teamwork', 'company', [
      company('teamwork', '1', 'Acme', { domains }),
      company('teamwork', '2', 'Beta', { domains }),
    ]);
    await world.survey('desk', 'company', [company('desk', '7', 'Gamma', { domains })]);
    for (const side of ['teamwork', 'desk'] as const) {
      for (const { group } of await world.undecided('company', side)) {
        expect([...group.teamwork, ...group.desk]).toHaveLength(1);
      }
    }
  });

  it('R1 names one of the owner’s, and goes no further over it', async () => {
    const world = await opened.world();
    const owner = company('desk', '7', 'Acme', { scope: 'owner', domains: ['ours.test'] });
    await world.survey('teamwork', 'company', [
      company('teamwork', '1', 'Acme'),
      company('teamwork', '2', 'Beta', { domains: ['ours.test'] }),
    ]);
    await world.survey('desk', 'company', [owner]);
    const [view] = await world.undecided('company', 'teamwork');
    expect(view?.group.desk).toMatchObject([{ id: '7', outOfScope: true }]);
    expect(view?.group.teamwork).toMatchObject([{ id: '1' }]);
  });

  it('R5 tells what was asked of those that stand alone', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    const { number } = (await world.linkOf('company', 'desk', '7')).link;
    expect(await operate(world, number, { verb: 'ask' })).toMatchObject({ done: true });
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    const [view] = await world.undecided('company', 'teamwork');
    expect(view?.group.desk).toMatchObject([{ id: '7', asked: 'yes' }]);
  });
}
