/** What a decision is given to look at: which records, in which order, with whom they share a signal. */
import type { Plan } from '../../../src/domain/plan';
import {
  agreed,
  alone,
  askedAbout,
  company,
  pairedWith,
  person,
  waiting,
  type MakeStore,
} from '../../support/store-world';
import { openedFor } from './opened';

const failing: Plan = { ...alone, status: 'failing', reason: 'refused' };

export function viewsContract(make: MakeStore): void {
  const opened = openedFor(make);

  describe('the next undecided records', () => {
    it('come by the size of their ids, page by page', async () => {
      const world = await opened.world();
      const ids = ['9', '10', '100', '7'];
      await world.survey(
        'desk',
        'company',
        ids.map((id) => company('desk', id, `Company ${id}`)),
      );
      const page = (after: string | null) =>
        world.store.undecided(world.site, world.run, 'company', 'desk', after, 3);
      const first = await page(null);
      expect(first.views.map(({ records }) => records.desk?.id)).toEqual(['7', '9', '10']);
      const second = await page(first.last);
      expect(second.views.map(({ records }) => records.desk?.id)).toEqual(['100']);
      expect(second.last).toBeNull();
    });

    it('have a link of number 0 until one is decided', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      const [view] = await world.undecided('company', 'desk');
      expect(view?.link).toMatchObject({ number: 0, phase: 'lone', ids: { teamwork: null, desk: '7' } });
    });

    it('R3 do not come back once decided, until something changes', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      await world.settle('company', 'desk', () => alone);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      expect(await world.undecided('company', 'desk')).toEqual([]);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme Ltd')]);
      expect(await world.undecided('company', 'desk')).toHaveLength(1);
    });

    it.each([askedAbout('1', '2'), waiting, failing])('R13 R14 come again while %j', async (plan) => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      await world.settle('company', 'desk', () => plan);
      const [view] = await world.undecided('company', 'desk');
      expect(view?.link).toMatchObject({ status: plan.status, reason: plan.reason });
    });

    it('are left alone where something else was observed since the decision was made', async () => {
      const world = await opened.world();
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      const views = await world.undecided('company', 'desk');
      await world.store.recordObservation(world.site, company('desk', '7', 'Acme Ltd'));
      await world.store.settle(
        world.site,
        world.run,
        views.map((view) => ({ view, plan: alone })),
      );
      expect(await world.undecided('company', 'desk')).toHaveLength(1);
    });
  });

  describe('R14 the group of a lone record', () => {
    const namesIn = (members: readonly { readonly id: string }[]) => members.map(({ id }) => id).sort();

    it('has companies of the same name, whatever the legal form, and of the same domain', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'company', [
        company('teamwork', '1', 'Acme', { domains: ['acme.test'] }),
      ]);
      await world.survey('desk', 'company', [
        company('desk', '7', 'ACME, Inc.'),
        company('desk', '8', 'Other', { domains: ['acme.test'] }),
        company('desk', '9', 'Unlike'),
      ]);
      const [view] = await world.undecided('company', 'teamwork');
      expect(namesIn(view?.group.teamwork ?? [])).toEqual(['1']);
      expect(namesIn(view?.group.desk ?? [])).toEqual(['7', '8']);
      expect(namesIn(view?.counterparts ?? [])).toEqual(['7', '8']);
    });

    it('reaches over records that share no signal with it themselves', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'customer', [
        person('teamwork', '1', 'a@acme.test', { alternativeEmails: ['b@acme.test'] }),
      ]);
      await world.survey('desk', 'customer', [
        person('desk', '7', 'B@acme.test', { alternativeEmails: ['c@acme.test'] }),
        person('desk', '8', 'c@acme.test'),
      ]);
      const [view] = await world.undecided('customer', 'teamwork');
      expect(namesIn(view?.group.desk ?? [])).toEqual(['7', '8']);
    });

    it('is not led by a domain that several companies of one side carry', async () => {
      const world = await opened.world();
      const domains = ['shared.test'];
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme', { domains })]);
      await world.survey('desk', 'company', [
        company('desk', '7', 'One', { domains }),
        company('desk', '8', 'Two', { domains }),
      ]);
      const [view] = await world.undecided('company', 'teamwork');
      expect(view?.group).toMatchObject({ teamwork: [{ id: '1', domains: [] }], desk: [] });
    });

    it('names a record that a link holds, and goes no further over it', async () => {
      const world = await opened.world();
      const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.survey('teamwork', 'company', [
        company('teamwork', '1', 'Acme'),
        company('teamwork', '2', 'Acme'),
      ]);
      const [view] = await world.undecided('company', 'teamwork');
      expect(view?.group.desk).toMatchObject([{ id: '7', heldBy: number }]);
      expect(view?.counterparts).toEqual([]);
    });

    it('leaves out what is gone', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      await world.store.recordGone(world.site, 'desk', 'company', '7', new Date().toISOString());
      const [view] = await world.undecided('company', 'teamwork');
      expect(view?.group.desk).toEqual([]);
    });

    it('is cut off at a size beyond any answer', async () => {
      const world = await opened.world();
      const many = Array.from({ length: 260 }, (_, index) => company('desk', String(1_000 + index), 'Acme'));
      await world.survey('desk', 'company', many);
      await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
      const [view] = await world.undecided('company', 'teamwork');
      expect(view?.group.teamwork).toHaveLength(1);
      expect(view?.group.desk.length).toBeGreaterThan(100);
      expect(view?.group.desk.length).toBeLessThanOrEqual(200);
    });

    it('an email or a name without end is a key like any other', async () => {
      const world = await opened.world();
      const name = 'x'.repeat(50_000);
      await world.survey('teamwork', 'company', [company('teamwork', '1', name)]);
      await world.survey('desk', 'company', [company('desk', '7', name)]);
      const [view] = await world.undecided('company', 'teamwork');
      expect(namesIn(view?.group.desk ?? [])).toEqual(['7']);
    });
  });

  describe('around a customer', () => {
    it('R16 the company of each side comes with its link', async () => {
      const world = await opened.world();
      const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      const [view] = await world.undecided('customer', 'teamwork');
      expect(view?.parents).toMatchObject({
        teamwork: {
          id: '1',
          scope: 'client',
          link: { number, phase: 'active', ids: { teamwork: '1', desk: '7' } },
        },
        desk: null,
      });
    });

    it('a company that the mirror does not have yet has no link', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      const [view] = await world.undecided('customer', 'teamwork');
      expect(view?.parents.teamwork).toMatchObject({ id: '1', scope: 'client', link: null });
    });

    it('R1 tells that somebody of the staff has the email', async () => {
      const world = await opened.world();
      const staff = { ...person('teamwork', '3', 'Ada@us.test'), scope: 'staff' as const };
      await world.survey('teamwork', 'customer', [staff]);
      await world.survey('desk', 'customer', [
        person('desk', '7', 'ada@us.test'),
        person('desk', '8', 'b@x.test'),
      ]);
      const views = await world.undecided('customer', 'desk');
      expect(views.map((view) => view.staffHasEmail)).toEqual([true, false]);
    });

    it('R8 tells which emails of the pair are those of another person', async () => {
      const world = await opened.world();
      const alternatives = { alternativeEmails: ['own@acme.test', 'other@acme.test'] };
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', alternatives)]);
      await world.survey('desk', 'customer', [
        person('desk', '7', 'a@acme.test', { alternativeEmails: ['own@acme.test'] }),
        person('desk', '8', 'other@acme.test'),
      ]);
      const [view] = await world.undecided('customer', 'teamwork');
      expect(view?.emailsOfOthers).toEqual(['other@acme.test']);
    });

    it('of a linked pair, both records and no group', async () => {
      const world = await opened.world();
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test')]);
      await world.survey('desk', 'customer', [person('desk', '7', 'a@acme.test')]);
      await world.settle('customer', 'teamwork', () => pairedWith('7'));
      const view = await world.linkOf('customer', 'desk', '7');
      expect(view).toMatchObject({ records: { teamwork: { id: '3' }, desk: { id: '7' } }, counterparts: [] });
      expect(view.group).toEqual({ teamwork: [], desk: [], answers: [] });
    });
  });

  it('R33 what was left to the vendor’s own sync is decided again by every run', async () => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Other')]);
    await world.settle('company', 'desk', ({ records }) => ({
      ...agreed,
      ...(records.desk?.id === '7'
        ? { status: 'excluded', reason: 'vendor_sync_running' }
        : { status: 'excluded', reason: 'not_asked' }),
    }));
    const again = await world.undecided('company', 'desk');
    expect(again.map(({ records }) => records.desk?.id)).toEqual(['7']);
  });

  it('R33 carries the settings that decide', async () => {
    const world = await opened.world();
    await world.store.changeSettings(world.site, {
      conflictPolicy: 'desk',
      automaticallyCreateContacts: true,
    });
    await world.store.setAdoptOnly(world.site, true);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    const [view] = await world.undecided('company', 'desk');
    expect(view?.policy).toEqual({
      conflict: 'desk',
      automaticallyCreateContacts: true,
      automaticSince: expect.any(String) as string,
      adoptOnly: true,
    });
  });
}
