/** What people read: links by every name a person may use, statuses, stories. */
import {
  alone,
  askedAbout,
  company,
  pairedWith,
  pauseOf,
  person,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { openedFor } from './opened';

export function readsContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function anAgency(): Promise<World> {
    const world = await opened.world();
    await world.linkedCompany('Acme GmbH', { teamwork: '1', desk: '7' });
    await world.survey('teamwork', 'customer', [person('teamwork', '3', 'ada@acme.test', { company: '1' })]);
    await world.survey('desk', 'customer', [
      person('desk', '8', 'ada@acme.test', { company: '7', alternativeEmails: ['byron@acme.test'] }),
      person('desk', '9', 'zoe@else.test', { firstName: 'Zoë', lastName: 'Ünal' }),
    ]);
    await world.settle('customer', 'teamwork', () => pairedWith('8'));
    return world;
  }

  it.each([
    ['a name, whatever the legal form', 'ACME', ['company']],
    ['a full name', 'zoë ünal', ['customer']],
    ['a primary email', 'ADA@acme.test', ['customer']],
    ['an alternative email', 'byron@acme.test', ['customer']],
    ['an id of one side', 'desk:7', ['company']],
    ['a bare id', '8', ['customer']],
    ['nothing that is known', 'nobody@else.test', []],
    ['an id of the other side', 'teamwork:7', []],
  ])('R31 finds a record by %s', async (_what, text, kinds) => {
    const world = await anAgency();
    const rows = await world.reads.resolve(world.site, text);
    expect(rows.map(({ link }) => link.kind)).toEqual(kinds);
  });

  it('R31 finds a link by its number, and by that of the row merged into it', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await world.settle('company', 'desk', () => alone);
    await world.settle('company', 'teamwork', () => askedAbout('7'));
    const higher = (await world.linkOf('company', 'teamwork', '1')).link.number;
    await world.settle('company', 'teamwork', () => pairedWith('7'));
    const lower = (await world.linkOf('company', 'teamwork', '1')).link.number;
    const rows = await world.reads.resolve(world.site, String(higher));
    expect(rows.map(({ link }) => link.number)).toEqual([lower]);
    const standing = { status: 'in_sync', reason: 'agreed', ids: { teamwork: '1', desk: '7' } };
    expect(await world.reads.standing(world.site, higher)).toEqual(standing);
    expect(await world.reads.standing(world.site, lower)).toEqual(standing);
  });

  it('R30, R31: a link of a paused kind stands as paused', async () => {
    const world = await anAgency();
    const { link } = await world.linkOf('company', 'teamwork', '1');
    await world.store.setPaused(world.site, 'company', true);
    expect(await world.reads.standing(world.site, link.number)).toEqual({
      status: 'paused',
      reason: 'paused_by_operator',
      ids: { teamwork: '1', desk: '7' },
    });
    expect(await world.reads.standing(world.site, link.number + 1_000)).toBeNull();
  });

  it('a record that nothing was decided on yet is found without a number', async () => {
    const world = await anAgency();
    const [row] = await world.reads.resolve(world.site, 'desk:9');
    expect(row?.link).toMatchObject({ number: 0, phase: 'lone', ids: { teamwork: null, desk: '9' } });
    expect(row?.names).toEqual({ teamwork: '', desk: 'Zoë Ünal' });
  });

  it('lists links with names, emails, company and people', async () => {
    const world = await anAgency();
    const [acme] = await world.reads.links(world.site, { kind: 'company', limit: 10 });
    expect(acme).toMatchObject({
      names: { teamwork: 'Acme GmbH', desk: 'Acme GmbH' },
      people: 1,
      companyLink: null,
    });
    const [ada] = await world.reads.links(world.site, { kind: 'customer', limit: 10 });
    expect(ada).toMatchObject({
      names: { teamwork: 'Ada Byron', desk: 'Ada Byron' },
      emails: { teamwork: 'ada@acme.test', desk: 'ada@acme.test' },
      companyLink: acme?.link.number,
    });
  });

  it('lists page by page, by status and by a part of a name', async () => {
    const world = await opened.world();
    const names = ['Alpha', 'Beta', 'Gamma'];
    await world.survey(
      'desk',
      'company',
      names.map((name, index) => company('desk', String(index + 1), name)),
    );
    await world.settle('company', 'desk', ({ link }) => (link.ids.desk === '2' ? askedAbout('1') : alone));
    const list = async (filter: object) =>
      (await world.reads.links(world.site, { kind: 'company', limit: 2, ...filter })).map(
        ({ names: of }) => of.desk,
      );
    expect(await list({})).toEqual(['Alpha', 'Beta']);
    const [, second] = await world.reads.links(world.site, { kind: 'company', limit: 2 });
    expect(await list({ after: second?.link.number })).toEqual(['Gamma']);
    expect(await list({ status: 'question' })).toEqual(['Beta']);
    expect(await list({ search: 'AMM' })).toEqual(['Gamma']);
  });

  it.each(['Ødegård', 'øDEGÅRD', 'Teresa Ødegård', 'odegard@acme'])(
    'finds a person by %s',
    async (search) => {
      const world = await opened.world();
      await world.survey('desk', 'customer', [
        person('desk', '1', 'odegard@acme.test', { firstName: 'Teresa', lastName: 'Ødegård' }),
        person('desk', '2', 'grant@acme.test', { firstName: 'Łukasz', lastName: 'Grant' }),
      ]);
      await world.settle('customer', 'desk', () => alone);
      const found = await world.reads.links(world.site, { kind: 'customer', search, limit: 10 });
      expect(found.map(({ link }) => link.ids.desk)).toEqual(['1']);
    },
  );

  it('R31 counts links by status and reason, a pause above all', async () => {
    const world = await anAgency();
    expect(await world.reads.statusCounts(world.site)).toEqual({
      company: { in_sync: { agreed: 1 } },
      customer: { in_sync: { agreed: 1 } },
    });
    await world.store.setPaused(world.site, 'company', true);
    expect((await world.reads.statusCounts(world.site)).company).toEqual({
      paused: { paused_by_operator: 1 },
    });
    const [acme] = await world.reads.links(world.site, { kind: 'company', limit: 1, status: 'paused' });
    expect(acme?.link).toMatchObject({ status: 'paused', reason: 'paused_by_operator' });
  });

  it('the story of a link comes latest first, and only as far back as asked', async () => {
    const world = await anAgency();
    const [acme] = await world.reads.resolve(world.site, 'Acme');
    const link = acme?.link.number ?? 0;
    await world.store.setPaused(world.site, pauseOf('link', link), true);
    const story = await world.reads.timeline(world.site, link, 10);
    expect(story.map(({ event }) => event)).toEqual(['paused', 'linked']);
    expect(story[1]).toMatchObject({ link, run: world.run, detail: { teamwork: '1', desk: '7' } });
    expect(await world.reads.timeline(world.site, link, 1)).toHaveLength(1);
  });
}
