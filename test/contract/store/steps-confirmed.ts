/** What a confirmed write leaves: mirror, link, bases, journal, and who is woken. */
import {
  alone,
  company,
  creating,
  pauseOf,
  person,
  updating,
  waiting,
  type MakeStore,
} from '../../support/store-world';
import { openedFor } from './opened';
import { done } from './step-done';
import { aCreate, anUpdate, begun, eventsOf, planned } from './step-world';

export function stepsConfirmedContract(make: MakeStore): void {
  const opened = openedFor(make);

  describe('a confirmed create', () => {
    it("R15 of a record that is another link's by now: this one has made none, and may make one", async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.linkedCompany('Other', { teamwork: '2', desk: '7' });
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Other' }));
      const { link } = await world.linkOf('company', 'teamwork', '1');
      expect(link).toMatchObject({ phase: 'lone', status: 'failing', reason: 'taken' });
      const again = await planned(world, 'company', 'teamwork', '1', creating('desk', { name: 'Acme' }));
      expect(await world.store.beginStep(world.site, again, 0)).toHaveProperty('intent');
    });

    it('makes the link active, with the bases of both sides', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      const view = await world.linkOf('company', 'desk', '7');
      expect(view.link).toMatchObject({
        number,
        phase: 'active',
        ids: { teamwork: '1', desk: '7' },
        bases: { teamwork: { name: 'Acme' }, desk: { name: 'Acme' } },
        status: 'in_sync',
        reason: 'agreed',
      });
      expect(view.records.desk?.fields).toEqual({ name: 'Acme' });
      expect(await eventsOf(world, number)).toEqual(['decided', 'decided', 'created']);
    });

    it('R12 gives the fields that are blank on both sides their base, and no others', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      const made = { name: 'Acme', website: 'made-up-there.test', email: '' };
      const told = done('desk', 'company', '7', made, { base: { name: 'Acme' } });
      await world.store.confirmStep(world.site, intent, told);
      const { bases } = (await world.linkOf('company', 'desk', '7')).link;
      const base = { name: 'Acme', email: '' };
      expect(bases).toEqual({ teamwork: base, desk: base });
    });

    it('R12 … but not what has been filled in at the source meanwhile', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      const readAt = new Date(Date.now() + 1_000).toISOString();
      const fields = { name: 'Acme', website: '', email: 'a@acme.test' };
      await world.store.recordObservation(world.site, company('teamwork', '1', 'Acme', { readAt, fields }));
      const told = done('desk', 'company', '7', { name: 'Acme', email: '' }, { base: { name: 'Acme' } });
      await world.store.confirmStep(world.site, intent, told);
      const { bases } = (await world.linkOf('company', 'desk', '7')).link;
      expect(bases).toEqual({ teamwork: { name: 'Acme' }, desk: { name: 'Acme' } });
    });

    it('told twice, counts once', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      const told = done('desk', 'company', '7', { name: 'Acme' });
      await world.store.confirmStep(world.site, intent, told);
      await world.store.confirmStep(world.site, intent, told);
      expect(await eventsOf(world, number)).toEqual(['decided', 'decided', 'created']);
      expect(await world.store.beginStep(world.site, planId, 0)).toEqual({ refused: 'already_done' });
    });

    it('told several times at once, counts once', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      const told = done('desk', 'company', '7', { name: 'Acme' });
      await Promise.all([1, 2, 3, 4].map(() => world.store.confirmStep(world.site, intent, told)));
      expect(await eventsOf(world, number)).toEqual(['decided', 'decided', 'created']);
    });

    it('needs no other decision for either record', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      expect(await world.undecided('company', 'teamwork')).toEqual([]);
      expect(await world.undecided('company', 'desk')).toEqual([]);
    });

    it('A29 no read that began before it ended overwrites the record', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      const before = company('desk', '7', 'Acme before');
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      await world.survey('desk', 'company', [before]);
      expect((await world.linkOf('company', 'desk', '7')).records.desk?.fields.name).toBe('Acme');
    });

    it('takes over the row that a survey gave the record meanwhile', async () => {
      const { world, planId, number } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
      await world.settle('company', 'desk', () => alone);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      const rows = await world.reads.resolve(world.site, 'desk:7');
      expect(rows.map(({ link }) => [link.number, link.phase])).toEqual([[number, 'active']]);
    });

    it('leaves undecided what was read of a person with the same id', async () => {
      const { world, planId } = await aCreate(opened);
      const { intent } = await begun(world, planId);
      await world.survey('desk', 'customer', [person('desk', '7', 'a@acme.test')]);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      expect(await world.undecided('customer', 'desk')).toHaveLength(1);
    });

    it('R16 wakes those who waited for the company', async () => {
      const { world, planId } = await aCreate(opened);
      await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
      await world.settle('customer', 'teamwork', () => waiting);
      const { intent } = await begun(world, planId);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '7', { name: 'Acme' }));
      expect(await world.dueLinks()).toEqual([(await world.linkOf('customer', 'teamwork', '3')).link.number]);
    });
  });

  describe('a confirmed update', () => {
    it('R10 moves the bases of the fields written and of no other', async () => {
      const { world, planId } = await anUpdate(opened);
      const { intent } = await begun(world, planId);
      const read = { name: 'Acme', website: 'acme.test' };
      const told = done('desk', 'company', '7', read, { base: { website: 'acme.test' } });
      await world.store.confirmStep(world.site, intent, told);
      const { link } = await world.linkOf('company', 'desk', '7');
      expect(link.bases.desk).toEqual({ name: 'Acme', website: 'acme.test' });
      expect(link.bases.teamwork).toEqual({ name: 'Acme', website: 'acme.test' });
    });

    it('leaves the next step of the same plan valid', async () => {
      const { world, planId } = await anUpdate(opened, updating('teamwork', { email: 'a@acme.test' }));
      const first = await begun(world, planId, 0);
      await world.store.confirmStep(
        world.site,
        first.intent,
        done('desk', 'company', '7', { website: 'acme.test' }),
      );
      expect((await world.linkOf('company', 'desk', '7')).link.status).toBe('pending');
      const second = await begun(world, planId, 1);
      await world.store.confirmStep(
        world.site,
        second.intent,
        done('teamwork', 'company', '1', { email: 'a@acme.test' }),
      );
      expect((await world.linkOf('company', 'desk', '7')).link.status).toBe('in_sync');
    });

    it('R10 not where the link moved while the first was sent', async () => {
      const { world, planId, number } = await anUpdate(
        opened,
        updating('teamwork', { email: 'a@acme.test' }),
      );
      const { intent } = await begun(world, planId, 0);
      for (const paused of [true, false]) {
        await world.store.setPaused(world.site, pauseOf('link', number), paused);
      }
      const told = done('desk', 'company', '7', { website: 'acme.test' });
      await world.store.confirmStep(world.site, intent, told);
      expect(await world.store.beginStep(world.site, planId, 1)).toEqual({ refused: 'stale' });
    });

    it('R13 a field that the side ignored keeps its base, and the link fails with the reason', async () => {
      const { world, planId, number } = await anUpdate(opened);
      const { intent } = await begun(world, planId);
      const told = done('desk', 'company', '7', { website: '' }, { base: {}, ignored: ['website'] });
      await world.store.confirmStep(world.site, intent, told);
      const { link } = await world.linkOf('company', 'desk', '7');
      expect(link).toMatchObject({ status: 'failing', reason: 'remote_ignored' });
      expect(link.bases.desk).toEqual({ name: 'Acme' });
      expect(await eventsOf(world, number)).toEqual(['linked', 'decided', 'updated', 'ignored']);
    });

    it('R13 an edit made meanwhile has the link decided again', async () => {
      const { world, planId, number } = await anUpdate(opened);
      const { intent } = await begun(world, planId);
      const told = done('desk', 'company', '7', { website: 'other.test' }, { decideAgain: true });
      await world.store.confirmStep(world.site, intent, { ...told, base: { website: 'acme.test' } });
      expect((await world.linkOf('company', 'desk', '7')).link.status).toBe('pending');
      expect(await world.dueLinks()).toEqual([number]);
    });
  });
}
