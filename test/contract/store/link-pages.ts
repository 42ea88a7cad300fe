/** The console's lists: every link exactly once, by name, whatever is searched and however it is paged. */
import type { LinkPageFilter } from '../../../src/ports/reads';
import { alone, company, pauseOf, person, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';

export function linkPagesContract(make: MakeStore): void {
  const opened = openedFor(make);

  /** Names of all pages, page by page. */
  async function pagesOf(world: World, filter: Omit<LinkPageFilter, 'after'>): Promise<string[][]> {
    const pages: string[][] = [];
    let after: LinkPageFilter['after'];
    for (;;) {
      const page = await world.reads.linkPage(world.site, {
        ...filter,
        ...(after === undefined ? {} : { after }),
      });
      pages.push(page.rows.map(({ names, link }) => names.teamwork || names.desk || `link ${link.number}`));
      if (page.next === null) return pages;
      after = page.next;
    }
  }

  async function companies(): Promise<World> {
    const world = await opened.world();
    await world.linkedCompany('Mid', { teamwork: '1', desk: '7' });
    await world.survey('desk', 'company', [
      company('desk', '8', 'Zeta'),
      company('desk', '9', 'Älpha', { domains: ['alpha.test'] }),
      company('desk', '10', 'Mid GmbH'),
      company('desk', '11', 'Beta'),
      company('desk', '12', 'North Star Ltd'),
    ]);
    await world.settle('company', 'desk', () => alone);
    return world;
  }

  it('lists by name, a linked pair once, and pages without a gap', async () => {
    const world = await companies();
    const whole = (await pagesOf(world, { kind: 'company', limit: 50 })).flat();
    expect(whole).toEqual(
      expect.arrayContaining(['Beta', 'Mid', 'Mid GmbH', 'North Star Ltd', 'Zeta', 'Älpha']),
    );
    expect(whole.length).toBe(6);
    for (const limit of [1, 2, 3]) {
      const pages = await pagesOf(world, { kind: 'company', limit });
      expect(pages.flat()).toEqual(whole);
      expect(pages.every((page) => page.length <= limit && page.length > 0)).toBe(true);
    }
  });

  it('people without a name come last, each once', async () => {
    const world = await opened.world();
    await world.survey('desk', 'customer', [
      person('desk', '1', 'nobody@acme.test', { firstName: '', lastName: '' }),
      person('desk', '2', 'ada@acme.test'),
      person('desk', '3', 'none@acme.test', { firstName: '', lastName: '' }),
    ]);
    await world.settle('customer', 'desk', () => alone);
    for (const limit of [1, 2, 50]) {
      const pages = await pagesOf(world, { kind: 'customer', limit });
      expect(pages.flat()).toHaveLength(3);
      expect(new Set(pages.flat()).size).toBe(3);
      expect(pages.flat()[0]).toBe('Ada Byron');
    }
  });

  it.each([
    ['part of a name', 'zet', ['Zeta']],
    ['a name with its spaces', 'north  star', ['North Star Ltd']],
    ['a domain', 'alpha.test', ['Älpha']],
    ['an id', '8', ['Zeta']],
    ['nothing that is there', 'nowhere', []],
    ['what a pattern would mean', '%', []],
  ])('finds by %s', async (_what, search, expected) => {
    const world = await companies();
    const found = (await pagesOf(world, { kind: 'company', search, limit: 50 })).flat();
    expect(found).toEqual(expected);
  });

  it('R31: of a status, those that are shown with it; a pause of the kind stands above', async () => {
    const world = await companies();
    const named = (status: NonNullable<LinkPageFilter['status']>) =>
      pagesOf(world, { kind: 'company', status, limit: 2 }).then((pages) => pages.flat());
    expect(await named('in_sync')).toEqual([]);
    expect(await named('excluded')).toHaveLength(6);
    await world.store.setPaused(world.site, 'company', true);
    expect(await named('excluded')).toEqual([]);
    expect(await named('paused')).toHaveLength(6);
  });

  it('R31: by status, paused before excluded, and pages without a gap', async () => {
    const world = await companies();
    const [zeta] = await world.reads.links(world.site, { kind: 'company', search: 'Zeta', limit: 1 });
    await world.store.setPaused(world.site, pauseOf('link', zeta?.link.number ?? 0), true);
    const whole = (await pagesOf(world, { kind: 'company', order: 'status', limit: 50 })).flat();
    expect([whole.length, whole[0]]).toEqual([6, 'Zeta']);
    for (const limit of [1, 2, 3]) {
      expect((await pagesOf(world, { kind: 'company', order: 'status', limit })).flat()).toEqual(whole);
    }
  });

  it('by what changed last, the latest first, and pages without a gap', async () => {
    const world = await companies();
    const listed = (limit: number) => pagesOf(world, { kind: 'company', order: 'changed', limit });
    const [beta] = await world.reads.links(world.site, { kind: 'company', search: 'Beta', limit: 1 });
    await world.store.setPaused(world.site, pauseOf('link', beta?.link.number ?? 0), true);
    const whole = (await listed(50)).flat();
    expect([whole.length, whole[0]]).toEqual([6, 'Beta']);
    for (const limit of [1, 2, 3]) expect((await listed(limit)).flat()).toEqual(whole);
    // In another status and found by a text, the order is the same.
    const excluded = await pagesOf(world, {
      kind: 'company',
      order: 'changed',
      status: 'excluded',
      limit: 2,
    });
    expect(excluded.flat()).toEqual(whole.filter((name) => excluded.flat().includes(name)));
    const found = await pagesOf(world, { kind: 'company', order: 'changed', search: 'mid', limit: 1 });
    expect(found.flat().sort()).toEqual(['Mid', 'Mid GmbH']);
  });

  it('lists nothing of another site', async () => {
    await companies();
    const other = await opened.world();
    expect(await pagesOf(other, { kind: 'company', limit: 50 })).toEqual([[]]);
  });
}
