/** What the mirror keeps of a record, and what is news of it, whatever comes in which order (R8, R23, R27). */
import type { Observation } from '../../../src/domain/record';
import { agreed, alone, company, observed, person, type MakeStore } from '../../support/store-world';
import { operate } from './operated';
import { openedFor } from './opened';

const soon = (seconds = 1) => new Date(Date.now() + seconds * 1_000).toISOString();

export function mirroredContract(make: MakeStore): void {
  const opened = openedFor(make);

  it.each<[string, Partial<Observation>]>([
    ['signs in now', { signsIn: true }],
    ['belongs to the owner company now', { scope: 'owner' }],
    ['is shown as deleted', { deleted: true }],
  ])('R1 R27 one who %s is decided anew', async (_, more) => {
    const world = await opened.world();
    const ada = person('teamwork', '3', 'a@acme.test');
    await world.survey('teamwork', 'customer', [ada]);
    await world.settle('customer', 'teamwork', () => agreed);
    expect(await world.undecided('customer', 'teamwork')).toEqual([]);
    await world.survey('teamwork', 'customer', [{ ...ada, ...more, readAt: soon() }]);
    expect(await world.undecided('customer', 'teamwork')).toHaveLength(1);
  });

  it.each<[string, Observation, Partial<Observation>]>([
    ['R27 one who signs in now', person('desk', '7', 'a@acme.test'), { signsIn: true }],
    ['R1 one who belongs to the owner now', person('desk', '7', 'a@acme.test'), { scope: 'owner' }],
    ['one that is shown as deleted', company('desk', '7', 'Acme'), { deleted: true }],
    ['R14 one of another domain', company('desk', '7', 'Acme'), { domains: ['acme.test'] }],
  ])('what is read while it is decided is news: %s', async (_, record, more) => {
    const world = await opened.world();
    const { kind } = record;
    await world.survey('desk', kind, [record]);
    const decisions = (await world.undecided(kind, 'desk')).map((view) => ({ view, plan: alone }));
    await world.survey('desk', kind, [{ ...record, ...more, readAt: soon() }]);
    await world.store.settle(world.site, world.run, decisions);
    expect(await world.undecided(kind, 'desk')).toHaveLength(1);
    const view = await world.linkOf(kind, 'desk', '7');
    await world.survey('desk', kind, [{ ...record, readAt: soon(2) }]);
    await world.store.savePlan(world.site, { view, plan: alone });
    expect(await world.undecided(kind, 'desk')).toHaveLength(1);
  });

  it('R8 domains of a company that a reading does not cover are kept', async () => {
    const world = await opened.world();
    const acme = company('desk', '7', 'Acme', { domains: ['acme.test'] });
    await world.store.recordObservation(world.site, acme);
    const partly = observed('desk', 'company', '7', { name: 'Acme Ltd' }, { readAt: soon() });
    await world.store.recordObservation(world.site, partly);
    const [view] = await world.undecided('company', 'desk');
    expect(view?.records.desk).toMatchObject({ fields: { name: 'Acme Ltd' }, domains: ['acme.test'] });
  });

  it('R15 a reading that does not tell who made a record leaves that as it is', async () => {
    const world = await opened.world();
    const acme = company('desk', '7', 'Acme', { createdBy: '901' });
    await world.store.recordObservation(world.site, acme);
    await world.store.recordObservation(world.site, { ...acme, createdBy: null, readAt: soon() });
    expect((await world.undecided('company', 'desk'))[0]?.records.desk?.createdBy).toBe('901');
  });

  it('R23 what is known to be gone is not missing', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Beta')]);
    await world.store.recordGone(world.site, 'desk', 'company', '8', new Date().toISOString());
    const end = await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    expect(end).toMatchObject({ missing: 0, complete: true });
    const views = await world.undecided('company', 'desk');
    expect(views.map(({ records }) => records.desk?.presence)).toEqual(['present', 'gone']);
  });

  it('R23 a direct read that began before the stored reading makes nothing gone', async () => {
    const world = await opened.world();
    await world.store.recordObservation(world.site, company('desk', '7', 'Acme', { readAt: soon() }));
    await world.store.recordGone(world.site, 'desk', 'company', '7', new Date().toISOString());
    expect((await world.undecided('company', 'desk'))[0]?.records.desk?.presence).toBe('present');
  });

  it('R23 what is gone is not back because a listing goes on to show it as deleted', async () => {
    const world = await opened.world();
    await world.store.recordObservation(world.site, company('desk', '7', 'Acme'));
    await world.store.recordGone(world.site, 'desk', 'company', '7', soon());
    await world.survey('desk', 'company', [company('desk', '7', 'Acme', { deleted: true, readAt: soon(2) })]);
    expect((await world.undecided('company', 'desk'))[0]?.records.desk?.presence).toBe('gone');
  });

  it('R23 what a survey saw it has seen, though it is read by itself meanwhile', async () => {
    const world = await opened.world();
    const survey = await world.store.beginSurvey(world.site, world.run, 'desk', 'company');
    const observations = [company('desk', '7', 'Acme'), company('desk', '8', 'Beta')];
    await world.store.recordPage(world.site, survey, { observations, next: null, total: 2, unreadable: [] });
    await world.store.recordObservation(world.site, company('desk', '7', 'Acme Ltd', { readAt: soon() }));
    const end = await world.store.endSurvey(world.site, survey);
    expect(end).toEqual({ seen: 2, missing: 0, complete: true });
  });

  it.each([
    ['more', [2, 3]],
    ['less', [3, 2]],
  ] as const)(
    'A39 a listing whose second page counts %s than its first proves nothing',
    async (_, totals) => {
      const world = await opened.world();
      const survey = await world.store.beginSurvey(world.site, world.run, 'desk', 'company');
      for (const [n, total] of totals.entries()) {
        const observations = [company('desk', String(n), `Company ${n}`)];
        await world.store.recordPage(world.site, survey, { observations, next: null, total, unreadable: [] });
      }
      expect(await world.store.endSurvey(world.site, survey)).toEqual({
        seen: 2,
        missing: 0,
        complete: false,
      });
    },
  );

  it('R23 what no page of a listing could tell of was named all the same', async () => {
    const world = await opened.world();
    const survey = await world.store.beginSurvey(world.site, world.run, 'desk', 'company');
    for (const id of ['7', '8']) {
      const unreadable = [{ id, problem: 'name is no text' }];
      await world.store.recordPage(world.site, survey, {
        observations: [],
        next: null,
        total: 2,
        unreadable,
      });
    }
    expect(await world.store.endSurvey(world.site, survey)).toEqual({ seen: 2, missing: 0, complete: true });
  });

  it('R23 what was read by itself since a survey began is not missing in it', async () => {
    const world = await opened.world();
    const both = [company('desk', '7', 'Acme'), company('desk', '8', 'Beta')];
    await world.survey('desk', 'company', both);
    const survey = await world.store.beginSurvey(world.site, world.run, 'desk', 'company');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await world.store.recordObservation(world.site, company('desk', '8', 'Beta Ltd'));
    const page = { observations: [company('desk', '7', 'Acme')], next: null, total: 1, unreadable: [] };
    await world.store.recordPage(world.site, survey, page);
    expect(await world.store.endSurvey(world.site, survey)).toEqual({ seen: 1, missing: 0, complete: true });
  });

  it('R23 a listing is measured by the records of its own kind', async () => {
    const world = await opened.world();
    const people = ['1', '2', '3', '4', '5'].map((id) => person('desk', id, `p${id}@acme.test`));
    await world.survey('desk', 'customer', people);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Beta')]);
    const end = await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    expect(end).toEqual({ seen: 1, missing: 1, complete: true });
  });

  it.each(['gone', 'missing', 'shown as deleted'])('R23 no control is a record that is %s', async (how) => {
    const world = await opened.world();
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.linkedCompany('Borg', { teamwork: '2', desk: '8' });
    if (how === 'gone') await world.store.recordGone(world.site, 'desk', 'company', '7', soon());
    else {
      const shown = how === 'missing' ? [] : [company('desk', '7', 'Acme', { deleted: true })];
      await world.survey('desk', 'company', [company('desk', '8', 'Borg'), ...shown]);
    }
    const controls = await world.store.controlRecords(world.site, 'desk', { kind: 'customer', id: '7' });
    expect(controls).toEqual([{ kind: 'company', id: '8' }]);
  });

  it('R23 no control is a record that is linked no more, or stands alone', async () => {
    const world = await opened.world();
    const link = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.linkedCompany('Borg', { teamwork: '2', desk: '8' });
    await world.survey(
      'desk',
      'company',
      ['7', '8', '9'].map((id) => company('desk', id, `Company ${id}`)),
    );
    await world.settle('company', 'desk', ({ link: { ids } }) => (ids.desk === '9' ? alone : agreed));
    await operate(world, link, { verb: 'unlink' });
    const controls = await world.store.controlRecords(world.site, 'desk', { kind: 'customer', id: '7' });
    expect(controls).toEqual([{ kind: 'company', id: '8' }]);
  });

  it('R15 a record of the other kind with the same id was not the one that was known before', async () => {
    const world = await opened.world();
    await world.survey('desk', 'customer', [person('desk', '7', 'a@acme.test')]);
    const known = (kind: 'company' | 'customer') =>
      world.store.wasKnownBefore(world.site, 'desk', kind, '7', soon(60));
    expect([await known('customer'), await known('company')]).toEqual([true, false]);
  });
}
