/** Operators' actions on one link: paused, retried, unlinked, relinked, restored, with its people (R22, R25, R30). */
import type { OperationResult } from '../../../src/ports/operations';
import { alone, creating, person, type MakeStore } from '../../support/store-world';
import { deleted, linkAt, linkedPerson, linkedPersonTo, operate, rest, soon } from './operated';
import { openedFor } from './opened';
import { begun } from './step-world';

const relink = { verb: 'relink', withPeople: false } as const;
const restore = { verb: 'restore', withPeople: false } as const;

export function operationsContract(make: MakeStore): void {
  const opened = openedFor(make);
  const linked = async () => linkedPerson(await opened.world());
  const whyNot = (result: OperationResult) => (result.done ? 'done' : result.why);

  it('R30 a paused link is not due until it is resumed, and is read then', async () => {
    const { world, person: link } = await linked();
    expect(await operate(world, link, { verb: 'pause' })).toMatchObject({ done: true, status: 'paused' });
    expect((await linkAt(world, link)).paused).toBe(true);
    await world.operations.makeDue(world.site, [link]);
    expect(await world.dueLinks()).toEqual([]);
    expect(await operate(world, link, { verb: 'resume' })).toMatchObject({ done: true, status: 'pending' });
    const [due] = await world.store.claimDue(world.site, null, 10);
    expect(due?.link).toBe(link);
    expect([...(due?.read ?? [])].sort()).toEqual(['desk', 'teamwork']);
  });

  it('R30 a pause outlives the break, can be ended on the tombstone, and comes back with a relink until it is', async () => {
    const { world, person: link } = await linked();
    await operate(world, link, { verb: 'pause' });
    await operate(world, link, { verb: 'unlink' });
    expect(await operate(world, link, relink)).toMatchObject({ done: true, status: 'paused' });
    expect(await world.dueLinks()).toEqual([]);
    await operate(world, link, { verb: 'unlink' });
    expect(await operate(world, link, { verb: 'resume' })).toMatchObject({ done: true, status: 'broken' });
    expect(await linkAt(world, link)).toMatchObject({ phase: 'broken', paused: false });
    expect(whyNot(await operate(world, link, { verb: 'resume' }))).toBe('broken');
    expect(await operate(world, link, relink)).toMatchObject({ done: true, status: 'pending' });
    expect(await world.dueLinks()).toEqual([link]);
  });

  it('an operation that comes a second time answers the same and does nothing', async () => {
    const { world, person: link } = await linked();
    const once = await world.operations.operate(world.site, link, { verb: 'unlink' }, 'the-one');
    await operate(world, link, relink);
    const again = await world.operations.operate(world.site, link, { verb: 'unlink' }, 'the-one');
    expect([once.done, again.done]).toEqual([true, true]);
    expect((await linkAt(world, link)).phase).toBe('active');
  });

  it('R22 of several operators who restore a record at once one is told that it is done', async () => {
    const own = await linked();
    const { world, person: link } = own;
    await deleted(own, 'customer', 'desk', link);
    const results = await Promise.all(Array.from({ length: 8 }, () => operate(world, link, restore)));
    expect(results.map(whyNot).filter((why) => why === 'done')).toHaveLength(1);
    const rows = await world.reads.resolve(world.site, 'desk:8');
    expect(rows.map((row) => row.link.phase)).toEqual(['broken']);
  });

  it('a link that never was is refused', async () => {
    const { world } = await linked();
    expect(whyNot(await operate(world, 987_654_321, { verb: 'retry' }))).toBe('no_such_link');
  });

  it('R31 retried it is due at once, with both records read', async () => {
    const { world, person: link } = await linked();
    await operate(world, link, { verb: 'retry' });
    const [due] = await world.store.claimDue(world.site, null, 10);
    expect(due).toMatchObject({ link, priority: 2, read: ['teamwork', 'desk'] });
  });

  it('R22 unlinked by hand is a tombstone that says so, and nobody waits', async () => {
    const { world, person: link } = await linked();
    expect(await operate(world, link, { verb: 'unlink' })).toMatchObject({ done: true, status: 'broken' });
    expect(await linkAt(world, link)).toMatchObject({
      phase: 'broken',
      tombstone: { reason: 'unlinked_by_operator', side: null, causeLink: null },
    });
    for (const verb of ['unlink', 'pause', 'retry'] as const) {
      expect(whyNot(await operate(world, link, { verb }))).toBe('broken');
    }
  });

  it('R22 what remained after an unlink is apart since then, though its counterpart was deleted before', async () => {
    const { world, person: link } = await linked();
    await operate(world, link, { verb: 'unlink' });
    const { tombstone } = await linkAt(world, link);
    await world.store.recordGone(world.site, 'desk', 'customer', '8', soon());
    await world.survey('desk', 'customer', [person('desk', '9', 'a@acme.test', { company: '7' })]);
    const { views } = await world.store.undecided(world.site, world.run, 'customer', 'desk', null, 10);
    const made = views.find(({ link: { ids } }) => ids.desk === '9');
    const since = made?.group.teamwork[0]?.tombstone?.since ?? '';
    expect(Date.parse(since)).toBe(Date.parse(tombstone?.at ?? ''));
  });

  it('R22 relinked it is a pair again with the base of before, and both records are read', async () => {
    const { world, person: link } = await linked();
    const { bases } = await linkAt(world, link);
    expect(whyNot(await operate(world, link, relink))).toBe('not_broken');
    await operate(world, link, { verb: 'unlink' });
    await rest(world);
    expect(whyNot(await operate(world, link, restore))).toBe('both_there');
    expect(await operate(world, link, relink)).toMatchObject({ done: true, link, status: 'pending' });
    expect(await linkAt(world, link)).toMatchObject({ phase: 'active', tombstone: null, bases });
    const [due] = await world.store.claimDue(world.site, null, 10);
    expect(due).toMatchObject({ link, read: ['teamwork', 'desk'] });
  });

  it('R25 relinked, a company that went blank is no edit', async () => {
    const { world, person: link } = await linked();
    await operate(world, link, { verb: 'unlink' });
    await world.store.recordObservation(world.site, person('desk', '8', 'a@acme.test', { company: '' }));
    await operate(world, link, relink);
    const { bases } = await linkAt(world, link);
    expect([bases.teamwork, bases.desk].map((base) => Object.keys(base).sort())).toEqual([
      ['email', 'firstName'],
      ['email', 'firstName'],
    ]);
  });

  it('R22 a record that another pair holds is not taken away from it, one that stands alone comes along', async () => {
    const { world, person: link } = await linked();
    await operate(world, link, { verb: 'unlink' });
    await world.survey('desk', 'customer', [person('desk', '9', 'b@acme.test', { company: '7' })]);
    await world.settle('customer', 'desk', () => alone);
    const other = await linkedPersonTo(world, '9');
    const refused = await operate(world, link, relink);
    expect(refused).toMatchObject({
      done: false,
      why: 'held_by_other',
      holder: { side: 'teamwork', id: '3' },
    });
    await operate(world, other, { verb: 'unlink' });
    expect(await operate(world, link, relink)).toMatchObject({ done: true });
  });

  it('R15 R22 a record that is just being created from is not taken along', async () => {
    const own = await linked();
    const { world, person: link } = own;
    await operate(world, link, { verb: 'unlink' });
    await world.survey('desk', 'customer', [person('desk', '9', 'b@acme.test', { company: '7' })]);
    await world.settle('customer', 'desk', () => alone);
    const other = await linkedPersonTo(world, '9');
    await deleted(own, 'customer', 'desk', other);
    await operate(world, other, restore);
    const view = await world.store.view(world.site, other);
    if (view === null) throw new Error('It is there no more.');
    const plan = creating('desk', { email: 'a@acme.test' });
    await begun(world, (await world.store.savePlan(world.site, { view, plan }))?.planId ?? '');
    expect(whyNot(await operate(world, link, relink))).toBe('in_work');
    expect(await linkAt(world, link)).toMatchObject({ phase: 'broken' });
  });

  it('R22 restored, the link keeps its number and what is left, and the id that is gone a tombstone of its own', async () => {
    const own = await linked();
    const { world, person: link } = own;
    await deleted(own, 'customer', 'desk', link);
    expect(whyNot(await operate(world, link, relink))).toBe('one_gone');
    expect(await operate(world, link, restore)).toMatchObject({ done: true, link, status: 'pending' });
    expect(await linkAt(world, link)).toMatchObject({
      phase: 'lone',
      ids: { teamwork: '3', desk: null },
      bases: { teamwork: {}, desk: {} },
      tombstone: null,
      incarnation: 2,
    });
    const dead = (await world.linkOf('customer', 'desk', '8')).link;
    expect(dead).toMatchObject({ phase: 'broken', ids: { teamwork: null, desk: '8' } });
    expect(dead.tombstone).toMatchObject({ reason: 'deleted_in_desk' });
    expect(await world.dueLinks()).toEqual([link]);
  });

  it('R26 a break that comes after it was relinked is a break like any other', async () => {
    const own = await linked();
    const { world, company: link } = own;
    const others: number[] = [];
    for (const n of [11, 12, 13])
      others.push(await world.linkedCompany(`Firm ${n}`, { teamwork: `${n}`, desk: `${n}` }));
    await rest(world);
    await operate(world, link, { verb: 'unlink' });
    await operate(world, link, relink);
    await rest(world);
    for (const other of [...others.slice(0, 2), link]) await deleted(own, 'company', 'desk', other);
    expect(await linkAt(world, link)).toMatchObject({ phase: 'active', status: 'held' });
  });

  it('R22 of two records that are gone nothing is joined', async () => {
    const own = await linked();
    await deleted(own, 'customer', 'desk', own.person);
    await own.world.store.recordGone(own.world.site, 'teamwork', 'customer', '3', new Date().toISOString());
    for (const operation of [relink, restore]) {
      expect(whyNot(await operate(own.world, own.person, operation))).toBe('both_gone');
    }
  });

  describe.each(['broken with it', 'standing in it'] as const)('R25 people %s', (how) => {
    it('are offered with their company and come along when asked', async () => {
      const own = await linked();
      const { world, company, person: link } = own;
      await deleted(own, 'company', 'teamwork', company);
      await deleted(own, 'customer', 'teamwork', link, how === 'broken with it' ? company : null);
      const offered = await operate(world, company, restore);
      expect(offered).toMatchObject({ done: true, people: 0, offered: 1 });
      expect((await linkAt(world, link)).phase).toBe('broken');
    });

    it('come along', async () => {
      const own = await linked();
      const { world, company, person: link } = own;
      await deleted(own, 'company', 'teamwork', company);
      await deleted(own, 'customer', 'teamwork', link, how === 'broken with it' ? company : null);
      const joined = await operate(world, company, { ...restore, withPeople: true });
      expect(joined).toMatchObject({ done: true, people: 1, offered: 0 });
      expect(await linkAt(world, link)).toMatchObject({ phase: 'lone', incarnation: 2 });
    });
  });

  it('R25 whom an operator unlinked does not come along, whom the company’s deletion blanked does', async () => {
    const own = await linked();
    const { world, company, person: link } = own;
    await operate(world, link, { verb: 'unlink' });
    await deleted(own, 'company', 'desk', company);
    expect(await operate(world, company, { ...restore, withPeople: true })).toMatchObject({ people: 0 });
    const second = await linked();
    const blank = person('desk', '8', 'a@acme.test', { company: '' });
    await deleted(second, 'company', 'desk', second.company);
    await second.world.store.recordObservation(second.world.site, blank);
    const restored = await operate(second.world, second.company, { ...restore, withPeople: true });
    expect(restored).toMatchObject({ people: 1 });
    expect(Object.keys((await linkAt(second.world, second.person)).bases.desk)).not.toContain('company');
  });
}
