/** The mirror: what observations leave in it, and what absence from a listing means. */
import type { MakeStore } from '../../support/store-world';
import { alone, company, observed, pairedWith, person } from '../../support/store-world';
import { openedFor } from './opened';

const past = '2026-01-01T00:00:00.000Z';
const later = '2026-01-02T00:00:00.000Z';

export function surveysContract(make: MakeStore): void {
  const opened = openedFor(make);

  async function recordOf(...observations: ReturnType<typeof observed>[]) {
    const world = await opened.world();
    for (const one of observations) await world.store.recordObservation(world.site, one);
    const [view] = await world.undecided('company', 'desk');
    return view?.records.desk;
  }

  describe('observations', () => {
    it('R8 a field that was not read keeps its value', async () => {
      const record = await recordOf(
        observed('desk', 'company', '7', { name: 'Acme', website: 'acme.test' }, { readAt: past }),
        observed('desk', 'company', '7', { name: 'Acme Ltd' }, { readAt: later }),
      );
      expect(record?.fields).toEqual({ name: 'Acme Ltd', website: 'acme.test' });
    });

    it('one that began before the stored one changes nothing', async () => {
      const record = await recordOf(
        observed('desk', 'company', '7', { name: 'New' }, { readAt: later }),
        observed('desk', 'company', '7', { name: 'Old' }, { readAt: past }),
      );
      expect(record).toMatchObject({ fields: { name: 'New' }, readAt: '2026-01-02T00:00:00.000000Z' });
    });

    it('R11 a value keeps the time of the observation that showed it first', async () => {
      const record = await recordOf(
        observed('desk', 'company', '7', { name: 'A', website: 'a.test' }, { readAt: past }),
        observed(
          'desk',
          'company',
          '7',
          { name: 'B', website: 'a.test' },
          { readAt: later, updatedAt: later },
        ),
      );
      expect(record?.changedAt).toEqual({
        name: '2026-01-02T00:00:00.000000Z',
        website: '2024-01-01T00:00:00.000000Z',
      });
    });

    it('R11 the time that our own write moved is not the time of an edit', async () => {
      const record = await recordOf(
        observed('desk', 'company', '7', { name: 'A' }, { readAt: past }),
        observed(
          'desk',
          'company',
          '7',
          { name: 'B' },
          { readAt: later, updatedAt: later, updatedBy: '901' },
        ),
      );
      expect(record?.changedAt).toEqual({ name: '2024-01-01T00:00:00.000000Z' });
    });

    it('stores what Postgres cannot hold in a form that it can', async () => {
      const record = await recordOf(
        observed('desk', 'company', '7', { name: 'A\0c\uD83Dme', website: 'x'.repeat(100_000) }),
      );
      expect(record?.fields.name).toBe('Ac\uFFFDme');
    });

    it('a time that is none, or beyond every calendar, is no time', async () => {
      const record = await recordOf(
        observed(
          'desk',
          'company',
          '7',
          { name: 'A' },
          { createdAt: 'soon', updatedAt: '9999-12-31T23:59:59Z' },
        ),
      );
      expect(record).toMatchObject({ createdAt: null, updatedAt: null });
    });

    it('R23 only a direct read makes a record gone, and a later one finds it back', async () => {
      const world = await opened.world();
      const deleted = company('desk', '7', 'Acme', { deleted: true, readAt: past });
      await world.survey('desk', 'company', [deleted]);
      const presence = async () => (await world.undecided('company', 'desk'))[0]?.records.desk?.presence;
      expect(await presence()).toBe('present');
      await world.store.recordGone(world.site, 'desk', 'company', '7', later);
      expect(await presence()).toBe('gone');
      await world.store.recordObservation(world.site, company('desk', '7', 'Acme'));
      expect(await presence()).toBe('present');
    });

    it('says whether a record was seen before a time', async () => {
      const world = await opened.world();
      const before = new Date().toISOString();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      const known = (at: string) => world.store.wasKnownBefore(world.site, 'desk', 'company', '7', at);
      expect(await known(before)).toBe(false);
      expect(await known('2200-01-01T00:00:00Z')).toBe(true);
    });
  });

  describe('listings', () => {
    it('R23 what a complete listing does not name is missing, and to be decided again', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Beta')]);
      await world.settle('company', 'desk', () => alone);
      expect(await world.survey('desk', 'company', [company('desk', '7', 'Acme')])).toEqual({
        seen: 1,
        missing: 1,
        complete: true,
      });
      const views = await world.undecided('company', 'desk');
      expect(views.map(({ records }) => [records.desk?.id, records.desk?.presence])).toEqual([
        ['8', 'missing'],
      ]);
    });

    it('A39 a listing that disagrees with the count of the vendor proves nothing', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Beta')]);
      const survey = await world.store.beginSurvey(world.site, 'other', 'desk', 'company');
      const page = { observations: [company('desk', '7', 'Acme')], next: null, total: 2, unreadable: [] };
      await world.store.recordPage(world.site, survey, page);
      expect(await world.store.endSurvey(world.site, survey)).toEqual({
        seen: 1,
        missing: 0,
        complete: false,
      });
    });

    it('A38 an empty listing proves nothing where records are linked', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      expect(await world.survey('desk', 'company', [])).toEqual({ seen: 0, missing: 0, complete: false });
    });

    it('A41 a listing that shrank below half proves nothing', async () => {
      const world = await opened.world();
      const five = ['1', '2', '3', '4', '5'].map((id) => company('desk', id, `Company ${id}`));
      await world.survey('desk', 'company', five);
      expect(await world.survey('desk', 'company', five.slice(0, 2))).toMatchObject({
        complete: false,
        missing: 0,
      });
    });

    it('a record that nobody could read was named, and is not missing', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Beta')]);
      const survey = await world.store.beginSurvey(world.site, world.run, 'desk', 'company');
      const unreadable = [{ id: '8', problem: 'name is no text' }];
      const page = { observations: [company('desk', '7', 'Acme')], next: null, total: 2, unreadable };
      await world.store.recordPage(world.site, survey, page);
      expect(await world.store.endSurvey(world.site, survey)).toEqual({
        seen: 2,
        missing: 0,
        complete: true,
      });
      expect((await world.store.run(world.site, world.run))?.counts.unreadable).toBe(1);
    });

    it('a record read by itself after the survey began is there', async () => {
      const world = await opened.world();
      const survey = await world.store.beginSurvey(world.site, world.run, 'desk', 'company');
      const readAt = '2200-01-01T00:00:00Z';
      await world.store.recordObservation(world.site, company('desk', '8', 'Beta', { readAt }));
      const page = { observations: [company('desk', '7', 'Acme')], next: null, total: 1, unreadable: [] };
      await world.store.recordPage(world.site, survey, page);
      expect(await world.store.endSurvey(world.site, survey)).toMatchObject({ missing: 0, complete: true });
    });

    it('a page told twice, and a record named twice in it, count once', async () => {
      const world = await opened.world();
      const survey = await world.store.beginSurvey(world.site, world.run, 'desk', 'customer');
      const twice = [person('desk', '7', 'old@acme.test'), person('desk', '7', 'new@acme.test')];
      const page = { observations: twice, next: null, total: 1, unreadable: [] };
      await world.store.recordPage(world.site, survey, page);
      await world.store.recordPage(world.site, survey, page);
      expect(await world.store.endSurvey(world.site, survey)).toMatchObject({ seen: 1, complete: true });
      expect(await world.store.endSurvey(world.site, survey)).toMatchObject({ seen: 1, complete: true });
      const [view] = await world.undecided('customer', 'desk');
      expect(view?.records.desk?.fields.email).toBe('new@acme.test');
    });

    it('a survey begun again goes on', async () => {
      const world = await opened.world();
      const first = await world.store.beginSurvey(world.site, world.run, 'desk', 'company');
      expect(await world.store.beginSurvey(world.site, world.run, 'desk', 'company')).toBe(first);
    });

    it('R23 the control record is another linked one of the side', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      const controls = (id: string) =>
        world.store.controlRecords(world.site, 'desk', { kind: 'company', id });
      expect(await controls('8')).toEqual([{ kind: 'company', id: '7' }]);
      expect(await controls('7')).toEqual([]);
    });

    it('R23 several control records are offered, the one read last first, then those of the other kind', async () => {
      const world = await opened.world();
      await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.linkedCompany('Borg', { teamwork: '2', desk: '8' });
      const readLast = { readAt: new Date(Date.now() + 60_000).toISOString() };
      await world.store.recordObservation(world.site, company('desk', '7', 'Acme', readLast));
      const controls = await world.store.controlRecords(world.site, 'desk', { kind: 'customer', id: '7' });
      expect(controls).toEqual(['7', '8'].map((id) => ({ kind: 'company', id })));
    });

    it('R1 counts what was read by scope', async () => {
      const world = await opened.world();
      const owner = company('teamwork', '1', 'Us', { scope: 'owner' });
      await world.survey('teamwork', 'company', [owner, company('teamwork', '2', 'Acme')], world.run);
      const run = await world.store.run(world.site, world.run);
      expect(run?.counts.read.teamwork.company).toEqual({ client: 1, owner: 1, staff: 0, service: 0 });
    });
  });

  it('I15 sites do not see each other', async () => {
    const [one, other] = [await opened.world(), await opened.world()];
    await one.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await one.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
    await one.settle('company', 'teamwork', () => pairedWith('7'));
    expect(await other.undecided('company', 'desk')).toEqual([]);
    expect(await other.reads.resolve(other.site, 'Acme')).toEqual([]);
  });
}
