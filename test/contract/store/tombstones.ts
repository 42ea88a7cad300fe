/** Tombstones, what becomes of their records, and links that were joined again (R17, R21, R22, R25). */
import type { Plan } from '../../../src/domain/plan';
import type { Observation } from '../../../src/domain/record';
import { agreed, alone, pairedWith, person, type MakeStore } from '../../support/store-world';
import { deleted, linkAt, linkedPerson, linkedPersonTo, operate, rest, soon } from './operated';
import { openedFor } from './opened';

export function tombstonesContract(make: MakeStore): void {
  const opened = openedFor(make);
  const linked = async () => linkedPerson(await opened.world());
  const relink = { verb: 'relink', withPeople: false } as const;
  const restore = { verb: 'restore', withPeople: false } as const;

  it('R22 of several tombstones of a record the latest is told', async () => {
    const { world, person: first } = await linked();
    await operate(world, first, { verb: 'unlink' });
    await world.survey('desk', 'customer', [person('desk', '9', 'b@acme.test', { company: '7' })]);
    await world.settle('customer', 'desk', () => alone);
    const second = await linkedPersonTo(world, '9');
    await operate(world, second, { verb: 'unlink' });
    await world.store.recordObservation(world.site, person('desk', '10', 'a@acme.test', { company: '7' }));
    const view = await world.store.viewOfRecord(world.site, 'customer', 'desk', '10');
    const [remained] = (view?.group.teamwork ?? []).filter(({ id }) => id === '3');
    expect(remained?.tombstone?.link).toBe(second);
  });

  it('R22 a record that is found gone once more was last alive when it was before', async () => {
    const { world, person: link } = await linked();
    const later = new Date(Date.now() + 5_000).toISOString();
    for (const readAt of [soon(), later]) {
      await world.store.recordGone(world.site, 'teamwork', 'customer', '3', readAt);
    }
    const breakAs = { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null } as const;
    const view = await world.linkOf('customer', 'desk', '8');
    await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs } });
    await world.store.recordObservation(world.site, person('teamwork', '5', 'a@acme.test', { company: '1' }));
    const again = await world.store.viewOfRecord(world.site, 'customer', 'teamwork', '5');
    const [remained] = again?.group.desk ?? [];
    expect(remained?.tombstone?.link).toBe(link);
    expect((remained?.tombstone?.since ?? '') < (remained?.tombstone?.brokenAt ?? '')).toBe(true);
  });

  it('R31 who is gone is none of a company’s people any more', async () => {
    const { world } = await linked();
    const people = async () =>
      (await world.reads.links(world.site, { kind: 'company', limit: 1 })).map((row) => row.people);
    expect(await people()).toEqual([1]);
    await world.store.recordGone(world.site, 'teamwork', 'customer', '3', soon());
    expect(await people()).toEqual([1]);
    await world.store.recordGone(world.site, 'desk', 'customer', '8', soon());
    expect(await people()).toEqual([0]);
  });

  it('R22 restored, what was chosen for the pair is chosen no more', async () => {
    const own = await linkedPerson(await opened.world(), { desk: { lastName: 'Bee' } });
    const { world, person: link } = own;
    await operate(world, link, { verb: 'choose', field: 'lastName', side: 'desk' });
    await rest(world);
    await deleted(own, 'customer', 'desk', link);
    expect(await operate(world, link, restore)).toMatchObject({ done: true });
    expect((await linkAt(world, link)).choices).toEqual({});
  });

  it('R22 a link is active since it was linked, whatever is decided of it, and relinked since then', async () => {
    const { world, person: link } = await linked();
    const { activeSince } = await linkAt(world, link);
    const view = await world.linkOf('customer', 'desk', '8');
    const plan: Plan = { ...agreed, status: 'failing', reason: 'refused' };
    await world.store.savePlan(world.site, { view, plan });
    expect(await linkAt(world, link)).toMatchObject({ status: 'failing', activeSince });
    await operate(world, link, { verb: 'unlink' });
    await operate(world, link, relink);
    expect(((await linkAt(world, link)).activeSince ?? '') > (activeSince ?? '')).toBe(true);
  });

  it.each(['teamwork', 'desk'] as const)(
    'R25 people whom a deletion in %s took along come along',
    async (side) => {
      const own = await linked();
      const { world, company, person: link } = own;
      await deleted(own, 'company', side, company);
      await deleted(own, 'customer', side, link, company);
      const joined = await operate(world, company, { ...restore, withPeople: true });
      expect(joined).toMatchObject({ done: true, people: 1 });
    },
  );

  it('R25 people who rest since their company’s link broke are due when it is joined again', async () => {
    const { world, company, person: link } = await linked();
    await operate(world, company, { verb: 'unlink' });
    const view = await world.linkOf('customer', 'desk', '8');
    const plan: Plan = { ...agreed, status: 'suspended', reason: 'company_broken' };
    await world.store.savePlan(world.site, { view, plan });
    await rest(world);
    await operate(world, company, relink);
    expect(await world.dueLinks()).toEqual([company, link]);
  });

  it('R21 who waits for the word on a company is woken by its break, wherever the other record stands', async () => {
    const world = await opened.world();
    const company = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
    await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test')]);
    await world.settle('customer', 'teamwork', () => pairedWith('8'));
    await world.store.recordGone(world.site, 'teamwork', 'customer', '3', soon());
    const view = await world.linkOf('customer', 'desk', '8');
    const waiting: Plan = { ...agreed, status: 'pending', reason: 'gone_to_be_confirmed' };
    await world.store.savePlan(world.site, { view, plan: waiting });
    await rest(world);
    await operate(world, company, { verb: 'unlink' });
    expect(await world.dueLinks()).toEqual([view.link.number]);
  });

  it.each(['teamwork', 'desk'] as const)(
    'R25 who stands in the company in %s alone is due when its link breaks',
    async (side) => {
      const world = await opened.world();
      const company = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
      const own = (of: 'teamwork' | 'desk', id: string) => (of === side ? { company: id } : {});
      await world.survey('teamwork', 'customer', [
        person('teamwork', '3', 'a@acme.test', own('teamwork', '1')),
      ]);
      await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', own('desk', '7'))]);
      await world.settle('customer', 'teamwork', () => pairedWith('8'));
      await rest(world);
      await operate(world, company, { verb: 'unlink' });
      expect(await world.dueLinks()).toEqual([(await world.linkOf('customer', 'desk', '8')).link.number]);
    },
  );

  it.each<[string, Partial<Observation>]>([
    ['shown as deleted', { deleted: true }],
    ['none of the clients’', { scope: 'staff' }],
  ])('R17 R1 one who is %s is no survivor', async (_, more) => {
    const { world } = await linked();
    const other = person('desk', '9', 'b@acme.test', { company: '7', alternativeEmails: ['a@acme.test'] });
    const own = person('desk', '8', 'a@acme.test', { company: '7' });
    await world.survey('desk', 'customer', [own, { ...other, ...more }]);
    await world.store.recordGone(world.site, 'desk', 'customer', '8', soon());
    expect((await world.linkOf('customer', 'desk', '8')).survivor).toBeNull();
  });
}
