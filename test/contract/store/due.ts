/** The queue of work: who gets what, once, in which order, and what holds it back. */
import { alone, company, creating, pauseOf, type MakeStore, type World } from '../../support/store-world';
import { openedFor } from './opened';
import { leftUnknown } from './step-world';

const farAway = '2200-01-01T00:00:00Z';
const longAgo = '2020-01-01T00:00:00Z';

export function dueContract(make: MakeStore): void {
  const opened = openedFor(make);

  /** Lone companies without anything to do. Answers their links. */
  async function companies(
    count: number,
  ): Promise<{ readonly world: World; readonly links: readonly number[] }> {
    const world = await opened.world();
    const ids = Array.from({ length: count }, (_, index) => String(index + 1));
    await world.survey(
      'desk',
      'company',
      ids.map((id) => company('desk', id, `Company ${id}`)),
    );
    await world.settle('company', 'desk', () => alone);
    const rows = await world.reads.links(world.site, { kind: 'company', limit: count });
    return { world, links: rows.map(({ link }) => link.number) };
  }

  const claim = async (world: World, run: string | null = null, limit = 100) =>
    (await world.store.claimDue(world.site, run, limit)).map(({ link }) => link);

  it('gives every link to one dispatcher', async () => {
    const { world, links } = await companies(20);
    for (const link of links) await world.store.wakeAt(world.site, link, longAgo);
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim(world, null, 7)));
    expect(claims.flat().sort((one, other) => one - other)).toEqual(links);
  });

  it('gives nothing before its time', async () => {
    const { world, links } = await companies(1);
    await world.store.wakeAt(world.site, links[0] ?? 0, farAway);
    expect(await claim(world)).toEqual([]);
  });

  it('R23 a parked link comes back at its time, and its run does not wait for it', async () => {
    const { world, links } = await companies(1);
    const [link = 0] = links;
    await world.store.wakeAt(world.site, link, longAgo);
    await world.store.parkUntil(world.site, link, farAway, []);
    expect(await world.store.drainState(world.site, world.run)).toMatchObject({ ready: 0, later: 0 });
  });

  it('a link woken for an earlier time comes earlier, never later', async () => {
    const { world, links } = await companies(1);
    const [link = 0] = links;
    await world.store.wakeAt(world.site, link, longAgo);
    await world.store.wakeAt(world.site, link, farAway);
    expect(await claim(world)).toEqual([link]);
  });

  it('the most urgent come first', async () => {
    const { world, links } = await companies(2);
    const [urgent = 0] = links.slice(1);
    await world.survey('desk', 'company', [
      company('desk', '1', 'Renamed'),
      company('desk', '2', 'Company 2'),
    ]);
    await world.settle('company', 'desk', () => creating('teamwork', { name: 'Renamed' }));
    await world.survey('desk', 'company', [
      company('desk', '1', 'Renamed'),
      company('desk', '2', 'Renamed too'),
    ]);
    await world.settle('company', 'desk', () => creating('teamwork', { name: 'Renamed too' }));
    await world.store.wakeAt(world.site, urgent, longAgo);
    expect(await claim(world, world.run, 1)).toEqual([urgent]);
  });

  it('a run is given its own links, and everybody else is not', async () => {
    const { world, links } = await companies(2);
    await world.store.wakeAt(world.site, links[0] ?? 0, longAgo);
    await world.survey('desk', 'company', [
      company('desk', '1', 'Company 1'),
      company('desk', '2', 'Renamed'),
    ]);
    await world.settle('company', 'desk', () => creating('teamwork', { name: 'Renamed' }));
    expect(await claim(world, world.run)).toEqual([links[1]]);
    expect(await claim(world, null)).toEqual([links[0]]);
  });

  it('R23 what it is due for adds up: every side that is to be read is read', async () => {
    const { world, links } = await companies(1);
    const [link = 0] = links;
    await world.store.parkUntil(world.site, link, longAgo, ['desk']);
    await world.store.parkUntil(world.site, link, longAgo, ['teamwork']);
    await world.store.wakeAt(world.site, link, longAgo);
    const [due] = await world.store.claimDue(world.site, null, 1);
    expect([...(due?.read ?? [])].sort()).toEqual(['desk', 'teamwork']);
  });

  it('finished work is gone', async () => {
    const { world, links } = await companies(1);
    const [link = 0] = links;
    await world.store.wakeAt(world.site, link, longAgo);
    await claim(world);
    await world.store.finishDue(world.site, link);
    expect(await claim(world)).toEqual([]);
  });

  it('what was added while it was in work is not finished with it', async () => {
    const { world, links } = await companies(1);
    const [link = 0] = links;
    await world.store.wakeAt(world.site, link, longAgo);
    await claim(world);
    await world.store.wakeAt(world.site, link, longAgo);
    expect(await claim(world)).toEqual([]);
    await world.store.finishDue(world.site, link);
    expect(await claim(world)).toEqual([link]);
  });

  it('work given back is ready again', async () => {
    const { world, links } = await companies(1);
    const [link = 0] = links;
    await world.store.wakeAt(world.site, link, longAgo);
    await claim(world);
    await world.store.releaseDue(world.site, link);
    expect(await claim(world)).toEqual([link]);
  });

  it('work whose worker died is given to another', async () => {
    const impatient = await make({ redispatchMs: 0 });
    const { world, links } = await companies(1);
    await world.store.wakeAt(world.site, links[0] ?? 0, longAgo);
    expect(await claim(world)).toEqual(links);
    expect(await claim(world)).toEqual([]);
    expect(await impatient.store.claimDue(world.site, null, 10)).toHaveLength(1);
    await impatient.close();
  });

  describe('R30', () => {
    it.each(['site', 'company', 'link'] as const)(
      'while the %s is paused nothing starts, then all of it',
      async (scope) => {
        const { world, links } = await companies(1);
        const [link = 0] = links;
        await world.store.wakeAt(world.site, link, longAgo);
        const target = pauseOf(scope, link);
        await world.store.setPaused(world.site, target, true);
        expect(await claim(world)).toEqual([]);
        await world.store.setPaused(world.site, target, false);
        expect(await claim(world)).toEqual([link]);
      },
    );

    it('while the site is frozen nothing starts', async () => {
      const { world, links } = await companies(1);
      await world.store.wakeAt(world.site, links[0] ?? 0, longAgo);
      await world.store.freeze(world.site, 'The credential is refused.');
      expect(await claim(world)).toEqual([]);
    });
  });

  describe('a run', () => {
    async function withWork() {
      const { world, links } = await companies(1);
      await world.survey('desk', 'company', [company('desk', '1', 'Renamed')]);
      await world.settle('company', 'desk', () => creating('teamwork', { name: 'Renamed' }));
      return { world, link: links[0] ?? 0 };
    }
    const drain = (world: World) => world.store.drainState(world.site, world.run);

    it('tells what of it is left', async () => {
      const { world, link } = await withWork();
      expect(await drain(world)).toEqual({ open: 0, ready: 1, later: 0, nextAt: null });
      await claim(world, world.run);
      expect(await drain(world)).toEqual({ open: 1, ready: 0, later: 0, nextAt: null });
      await world.store.wakeAt(world.site, link, farAway);
      await world.store.finishDue(world.site, link);
      expect(await drain(world)).toEqual({
        open: 0,
        ready: 0,
        later: 1,
        nextAt: '2200-01-01T00:00:00.000000Z',
      });
    });

    it('work whose worker died is ready again, and takes no place from other work', async () => {
      const { world } = await withWork();
      const impatient = await make({ redispatchMs: 0 });
      await claim(world, world.run);
      expect(await impatient.store.drainState(world.site, world.run)).toMatchObject({ open: 0, ready: 1 });
      await impatient.close();
    });

    it('does not end while an operator holds the site, and does without a link that one holds', async () => {
      const { world, link } = await withWork();
      await world.store.setPaused(world.site, 'site', true);
      expect(await drain(world)).toMatchObject({ ready: 0, later: 1 });
      await world.store.setPaused(world.site, 'site', false);
      await world.store.setPaused(world.site, pauseOf('link', link), true);
      expect(await drain(world)).toMatchObject({ open: 0, ready: 0, later: 0 });
    });

    it('paused, starts nothing', async () => {
      const { world } = await withWork();
      await world.store.setRunState(world.site, world.run, 'paused');
      expect(await claim(world, world.run)).toEqual([]);
      await world.store.setRunState(world.site, world.run, 'running');
      expect(await claim(world, world.run)).toHaveLength(1);
    });

    it('cancelled, leaves no work, and the next run decides it anew', async () => {
      const { world } = await withWork();
      await world.store.setRunState(world.site, world.run, 'cancelled');
      expect(await claim(world, world.run)).toEqual([]);
      expect(await drain(world)).toMatchObject({ open: 0, ready: 0, later: 0 });
      expect(await world.undecided('company', 'desk')).toHaveLength(1);
    });

    it('cancelled, takes back what was in work when it is given back', async () => {
      const { world, link } = await withWork();
      await claim(world, world.run);
      await world.store.setRunState(world.site, world.run, 'cancelled');
      await world.store.releaseDue(world.site, link);
      expect(await drain(world)).toMatchObject({ open: 0, ready: 0, later: 0 });
      expect(await world.undecided('company', 'desk')).toHaveLength(1);
    });

    it('R15 cancelled, a write of unknown outcome is looked for all the same', async () => {
      const quick = await make({ settleMs: 0 });
      const { world, link } = await withWork();
      await leftUnknown(world, quick);
      await world.store.setRunState(world.site, world.run, 'cancelled');
      expect(await claim(world, null)).toEqual([link]);
      await quick.close();
    });
  });
}
