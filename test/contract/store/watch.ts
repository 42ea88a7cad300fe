/** The watch: what polls bring, how far they have come, and a database that is older than it was. */
import type { ListingEnd } from '../../../src/ports/watch';
import type { observed } from '../../support/store-world';
import {
  agreed,
  alone,
  company,
  person,
  updating,
  writing,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { operate, rest } from './operated';
import { openedFor } from './opened';

const desk = { side: 'desk', kind: 'company', news: 'changed' } as const;
const soon = () => new Date(Date.now() + 60_000).toISOString();
const pageOf = (...observations: ReturnType<typeof observed>[]) => ({
  observations,
  next: null,
  total: null,
  unreadable: [],
});

export function watchContract(make: MakeStore): void {
  const opened = openedFor(make);

  /** Acme on both sides, linked and decided. */
  async function linked(): Promise<{ readonly world: World; readonly link: number }> {
    const world = await opened.world();
    const link = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.settle('company', 'desk', () => agreed);
    return { world, link };
  }
  const claimed = async (world: World) =>
    (await world.store.claimDue(world.site, null, 100)).map(({ link, priority, read }) => ({
      link,
      priority,
      read,
    }));
  const presenceOf = async (world: World) =>
    (await world.linkOf('company', 'desk', '7')).records.desk?.presence;

  describe('news', () => {
    it('R28 a changed record is due, decided on what the poll carried', async () => {
      const { world, link } = await linked();
      const page = pageOf(company('desk', '7', 'Acme Ltd'));
      expect(await world.store.recordNews(world.site, 'desk', 'company', page)).toBe(1);
      expect(await claimed(world)).toEqual([{ link, priority: 2, read: [] }]);
    });

    it('R10 the plan of before is not carried out once more for it', async () => {
      const { world, link } = await linked();
      const view = await world.linkOf('company', 'desk', '7');
      const plan = updating('teamwork', { website: 'acme.test' });
      await world.store.savePlan(world.site, { view, plan: writing(plan) });
      await world.store.recordNews(world.site, 'desk', 'company', pageOf(company('desk', '7', 'Acme Ltd')));
      expect(await world.store.claimDue(world.site, null, 10)).toMatchObject([{ link, plan: null }]);
    });

    it('a version that is known is dropped', async () => {
      const { world } = await linked();
      const page = pageOf(company('desk', '7', 'Acme', { updatedAt: '2025-05-05T05:05:05Z' }));
      expect(await world.store.recordNews(world.site, 'desk', 'company', page)).toBe(0);
      expect(await claimed(world)).toEqual([]);
    });

    it('R4 a record never seen gets its link row', async () => {
      const { world } = await linked();
      const page = pageOf(company('teamwork', '2', 'New'));
      expect(await world.store.recordNews(world.site, 'teamwork', 'company', page)).toBe(1);
      const { link } = await world.linkOf('company', 'teamwork', '2');
      expect(await claimed(world)).toEqual([{ link: link.number, priority: 2, read: [] }]);
    });

    it('R22 a record whose link broke is due with its tombstone, and gets no other link', async () => {
      const { world, link } = await linked();
      await operate(world, link, { verb: 'unlink' });
      await rest(world);
      const page = pageOf(company('desk', '7', 'Acme Ltd'));
      expect(await world.store.recordNews(world.site, 'desk', 'company', page)).toBe(1);
      expect(await claimed(world)).toEqual([{ link, priority: 2, read: [] }]);
      const rows = await world.reads.resolve(world.site, 'desk:7');
      expect(rows.map((row) => [row.link.number, row.link.phase])).toEqual([[link, 'broken']]);
    });

    it('R23 one that the listing itself shows as deleted is only a sign', async () => {
      const { world, link } = await linked();
      const page = pageOf(company('desk', '7', 'Acme', { deleted: true, readAt: soon() }));
      expect(await world.store.recordNews(world.site, 'desk', 'company', page)).toBe(1);
      expect(await presenceOf(world)).toBe('missing');
      expect(await claimed(world)).toEqual([{ link, priority: 2, read: ['desk'] }]);
    });
  });

  describe('R23 signs of deletions', () => {
    const signs = (world: World, readAt = soon()) =>
      world.store.recordDeletionSigns(world.site, 'desk', 'company', { ids: ['7', '999'], readAt });

    it('the record is due to be read, once, and nothing is broken', async () => {
      const { world, link } = await linked();
      expect(await signs(world)).toBe(1);
      expect(await signs(world)).toBe(0);
      expect(await claimed(world)).toEqual([{ link, priority: 2, read: ['desk'] }]);
      expect((await world.linkOf('company', 'desk', '7')).link.phase).toBe('active');
    });

    it('a direct read that is younger than the sign has settled it', async () => {
      const { world } = await linked();
      expect(await signs(world, '2020-01-01T00:00:00Z')).toBe(0);
      expect(await presenceOf(world)).toBe('present');
    });

    it("R25 a deleted person's company is read, too, for it may have taken its people along", async () => {
      const { world, link } = await linked();
      await world.store.recordObservation(
        world.site,
        person('teamwork', '30', 'ada@acme.test', { company: '1' }),
      );
      await world.settle('customer', 'teamwork', () => alone);
      const sign = { ids: ['30'], readAt: soon() };
      await world.store.recordDeletionSigns(world.site, 'teamwork', 'customer', sign);
      const due = await claimed(world);
      expect(due).toContainEqual({ link, priority: 2, read: ['teamwork'] });
      expect(due).toHaveLength(2);
    });
  });

  describe('R23 a listing of all that there is', () => {
    const whole: ListingEnd = { begunAt: soon(), seen: 3, leastTotal: 3, mostTotal: 3, unreadable: [] };
    async function listed(listing: Partial<ListingEnd>) {
      const { world } = await linked();
      for (const id of ['8', '9', '10']) {
        await world.store.recordObservation(world.site, company('desk', id, `Company ${id}`));
      }
      const kept = pageOf(
        ...['8', '9', '10'].map((id) => company('desk', id, `Company ${id}`, { readAt: soon() })),
      );
      const begunAt = new Date().toISOString();
      await world.store.recordNews(world.site, 'desk', 'company', kept);
      const end = await world.store.recordListed(world.site, 'desk', 'company', {
        ...whole,
        begunAt,
        ...listing,
      });
      return { ...end, presence: await presenceOf(world) };
    }

    it('complete, what is absent from it is to be read', async () => {
      expect(await listed({})).toEqual({ complete: true, missing: 1, presence: 'missing' });
    });

    it.each([
      ['truncated', { seen: 2 }],
      ['counted differently by its pages', { mostTotal: 4 }],
      ['shrunken', { seen: 1, leastTotal: 1, mostTotal: 1 }],
      ['empty', { seen: 0, leastTotal: 0, mostTotal: 0 }],
    ])('%s, it proves nothing', async (_how, listing) => {
      expect(await listed(listing)).toEqual({ complete: false, missing: 0, presence: 'present' });
    });

    it('is measured by the records of its own kind', async () => {
      const { world } = await linked();
      const people = ['1', '2', '3', '4', '5', '6'].map((id) => person('desk', id, `p${id}@acme.test`));
      await world.survey('desk', 'customer', people);
      const end = { begunAt: soon(), seen: 1, leastTotal: 1, mostTotal: 1, unreadable: [] };
      expect(await world.store.recordListed(world.site, 'desk', 'company', end)).toMatchObject({
        complete: true,
      });
    });

    it('what could not be understood is there', async () => {
      const end = await listed({ seen: 4, leastTotal: 4, mostTotal: 4, unreadable: ['7'] });
      expect(end).toEqual({ complete: true, missing: 0, presence: 'present' });
    });
  });

  describe('how far it has come', () => {
    it('R2 R3 nothing is polled, and nothing begins alone, before both sides were read once', async () => {
      const { world } = await linked();
      await world.store.setRunPhase(world.site, world.run, 'survey');
      await world.store.recordNews(world.site, 'desk', 'company', pageOf(company('desk', '8', 'New')));
      expect(await world.store.watchedSince(world.site, desk)).toBeNull();
      expect(await claimed(world)).toEqual([]);
      await world.store.setRunPhase(world.site, world.run, 'companies');
      expect(await claimed(world)).toHaveLength(1);
    });

    it('the first poll takes up before the InitialSync began, then each where the last one ended', async () => {
      const { world } = await linked();
      const started = (await world.store.run(world.site, world.run))?.startedAt ?? '';
      const first = (await world.store.watchedSince(world.site, desk)) ?? '';
      expect(Date.parse(first)).toBeLessThan(Date.parse(started));
      const since = '2030-01-01T00:00:00.000000Z';
      await world.store.moveWatched(world.site, desk, { since, begunAt: since, everyMs: null });
      expect(await world.store.watchedSince(world.site, desk)).toBe(since);
      const earlier = '2029-01-01T00:00:00.000000Z';
      await world.store.moveWatched(world.site, desk, { since: earlier, begunAt: earlier, everyMs: null });
      expect(await world.store.watchedSince(world.site, desk)).toBe(since);
      expect(await world.store.watchedSince(world.site, { ...desk, side: 'teamwork' })).toBe(first);
    });

    it('a side is as fresh as the poll that is furthest behind', async () => {
      const { world } = await linked();
      const moved = (kind: 'company' | 'customer', news: 'changed' | 'deleted', year: number) => {
        const at = `${year}-01-01T00:00:00.000000Z`;
        return world.store.moveWatched(
          world.site,
          { side: 'desk', kind, news },
          { since: at, begunAt: at, everyMs: null },
        );
      };
      await moved('company', 'changed', 2030);
      expect((await world.reads.freshness(world.site)).desk).toMatchObject({
        changes: null,
        deletions: null,
      });
      await moved('customer', 'changed', 2029);
      await moved('company', 'deleted', 2027);
      await moved('customer', 'deleted', 2028);
      expect((await world.reads.freshness(world.site)).desk).toMatchObject({
        changes: '2029-01-01T00:00:00.000000Z',
        deletions: '2027-01-01T00:00:00.000000Z',
      });
    });

    it('how far apart its polls of edits come is told beside what was asked, of the one that is furthest behind', async () => {
      const { world } = await linked();
      const moved = (kind: 'company' | 'customer', minute: number, everyMs: number) => {
        const begunAt = `2030-01-01T00:${String(minute).padStart(2, '0')}:00.000000Z`;
        const watched = { side: 'desk', kind, news: 'changed' } as const;
        return world.store.moveWatched(world.site, watched, { since: begunAt, begunAt, everyMs });
      };
      const polled = async () => (await world.reads.freshness(world.site)).desk.polled;
      await moved('company', 0, 15_000);
      expect(await polled()).toBeNull();
      await moved('company', 2, 15_000);
      await moved('customer', 0, 60_000);
      await moved('customer', 5, 60_000);
      expect(await polled()).toEqual({ everySeconds: 120, askedSeconds: 15 });
      await moved('company', 3, 15_000);
      expect(await polled()).toEqual({ everySeconds: 300, askedSeconds: 60 });
    });
  });
}
