/** What the store knows around a deletion: survivors, what remained, and whose word is waited for (R17, R21, R22). */
import type { Plan } from '../../../src/domain/plan';
import {
  agreed,
  alone,
  askedAbout,
  company,
  pairedWith,
  person,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { operate } from './operated';
import { openedFor } from './opened';

export function goneContract(make: MakeStore): void {
  const opened = openedFor(make);
  const inOneSecond = () => new Date(Date.now() + 1_000).toISOString();

  async function linkedPerson(): Promise<World> {
    const world = await opened.world();
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
    await world.survey('desk', 'customer', [person('desk', '8', 'a@acme.test', { company: '7' })]);
    await world.settle('customer', 'teamwork', () => pairedWith('8', { email: 'a@acme.test' }));
    return world;
  }

  const gone = (world: World, side: 'teamwork' | 'desk', id: string) =>
    world.store.recordGone(world.site, side, 'customer', id, inOneSecond());

  it('R17 who holds the email as an alternative is the survivor, with its own link', async () => {
    const world = await linkedPerson();
    const survivor = person('desk', '9', 'b@acme.test', { company: '7', alternativeEmails: ['A@acme.test'] });
    await world.store.recordObservation(world.site, survivor);
    expect((await world.linkOf('customer', 'desk', '8')).survivor).toBeNull();
    await gone(world, 'desk', '8');
    expect((await world.linkOf('customer', 'desk', '8')).survivor).toMatchObject({
      ...{ record: { id: '9', fields: survivor.fields }, link: null, toldApart: false },
    });
    await world.survey('teamwork', 'customer', [person('teamwork', '4', 'b@acme.test', { company: '1' })]);
    await world.settle('customer', 'teamwork', ({ link }) =>
      link.ids.teamwork === '4' ? pairedWith('9') : agreed,
    );
    const { link, records } = await world.linkOf('customer', 'desk', '9');
    expect((await world.linkOf('customer', 'desk', '8')).survivor).toEqual({
      ...{ record: records.desk, link: link.number, toldApart: false },
    });
  });

  it('R14 R17 who is told apart from the contact is known as such, also to what is just being decided', async () => {
    const world = await linkedPerson();
    const survivor = person('desk', '9', 'b@acme.test', { company: '7', alternativeEmails: ['a@acme.test'] });
    await world.survey('desk', 'customer', [survivor, person('desk', '8', 'a@acme.test', { company: '7' })]);
    await world.settle('customer', 'desk', ({ link }) => (link.ids.desk === '9' ? askedAbout('3') : agreed));
    await gone(world, 'desk', '8');
    const view = await world.linkOf('customer', 'desk', '8');
    expect(view.survivor).toMatchObject({ record: { id: '9' }, link: null, toldApart: false });
    const asked = (await world.linkOf('customer', 'desk', '9')).link.number;
    const told = await operate(world, asked, { verb: 'answer', verdict: 'apart', id: null });
    expect(told).toMatchObject({ done: true });
    const moving: Plan = { ...agreed, situation: 'merged', moveTo: '9' };
    expect(await world.store.savePlan(world.site, { view, plan: moving })).toBeNull();
    const survivorNow = async () => (await world.linkOf('customer', 'desk', '8')).survivor;
    expect(await survivorNow()).toMatchObject({ record: { id: '9' }, link: null, toldApart: true });
  });

  it.each([true, false])('R14 R19 who has the email as its own, told apart: %s', async (toldApart) => {
    const world = await opened.world();
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.survey('teamwork', 'customer', [person('teamwork', '3', 'a@acme.test', { company: '1' })]);
    await world.survey('desk', 'customer', [
      person('desk', '8', 'a@acme.test', { company: '7' }),
      person('desk', '9', 'a@acme.test', { company: '7' }),
    ]);
    await world.settle('customer', 'desk', ({ link }) => (link.ids.desk === '9' ? askedAbout('3') : alone));
    const asked = (await world.linkOf('customer', 'desk', '9')).link.number;
    if (toldApart) await operate(world, asked, { verb: 'answer', verdict: 'apart', id: null });
    await world.settle('customer', 'teamwork', () => pairedWith('8', { email: 'a@acme.test' }));
    await gone(world, 'desk', '8');
    const { survivor } = await world.linkOf('customer', 'desk', '8');
    expect(survivor?.record.id).toBe(toldApart ? undefined : '9');
  });

  it('R17 where two hold the email neither is the survivor', async () => {
    const world = await linkedPerson();
    for (const id of ['9', '10']) {
      const holder = { company: '7', alternativeEmails: ['a@acme.test'] };
      await world.store.recordObservation(world.site, person('desk', id, `p${id}@acme.test`, holder));
    }
    await gone(world, 'desk', '8');
    expect((await world.linkOf('customer', 'desk', '8')).survivor).toBeNull();
  });

  it('R22 what a broken link finds gone is news to the link that has the record since', async () => {
    const world = await linkedPerson();
    const breaking: Plan = {
      ...agreed,
      breakAs: { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null },
    };
    const view = await world.linkOf('customer', 'desk', '8');
    await world.store.savePlan(world.site, { view, plan: breaking });
    await gone(world, 'desk', '8');
    const dead = await world.store.view(world.site, view.link.number);
    if (dead === null) throw new Error('The tombstone is lost.');
    await world.store.savePlan(world.site, {
      view: dead,
      plan: { ...agreed, situation: 'dead', status: 'broken' },
    });
    const left = await world.store.undecided(world.site, world.run, 'customer', 'desk', null, 10);
    expect(left.views).toHaveLength(1);
  });

  it('R22 who was made anew with the email is no survivor', async () => {
    const world = await linkedPerson();
    const again = { ...person('desk', '9', 'a@acme.test'), createdAt: inOneSecond() };
    await world.store.recordObservation(world.site, again);
    await gone(world, 'desk', '8');
    expect((await world.linkOf('customer', 'desk', '8')).survivor).toBeNull();
  });

  it('R17 the link goes over to the survivor with its base, and the journal says so', async () => {
    const world = await linkedPerson();
    const survivor = person('desk', '9', 'b@acme.test', { alternativeEmails: ['a@acme.test'] });
    await world.survey('desk', 'customer', [survivor, person('desk', '8', 'a@acme.test')]);
    await world.settle('customer', 'desk', () => agreed);
    await gone(world, 'desk', '8');
    const view = await world.linkOf('customer', 'desk', '8');
    const row = (await world.linkOf('customer', 'desk', '9')).link.number;
    const plan: Plan = { ...agreed, situation: 'merged', moveTo: '9', readAgain: ['desk'] };
    expect(await world.store.savePlan(world.site, { view, plan })).toEqual({ planId: null, steps: [] });
    const { link } = await world.linkOf('customer', 'teamwork', '3');
    expect(link).toMatchObject({
      number: view.link.number,
      phase: 'active',
      ids: { teamwork: '3', desk: '9' },
      bases: view.link.bases,
    });
    expect((await world.store.view(world.site, row))?.link.number).toBe(link.number);
    const [entry] = await world.reads.timeline(world.site, link.number, 2);
    expect(entry).toMatchObject({ event: 'merged' });
  });

  it('R22 a record that remained is known as such, since when the other was last alive', async () => {
    const world = await linkedPerson();
    await gone(world, 'teamwork', '3');
    const view = await world.linkOf('customer', 'desk', '8');
    const breakAs = { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null } as const;
    await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs } });
    await world.survey('teamwork', 'customer', [person('teamwork', '5', 'a@acme.test', { company: '1' })]);
    const again = (await world.undecided('customer', 'teamwork')).find(
      ({ link }) => link.ids.teamwork === '5',
    );
    const [remained] = again?.group.desk ?? [];
    expect(remained).toMatchObject({ id: '8', heldBy: null, tombstone: { link: view.link.number } });
    const firstSeenAt = again?.records.teamwork?.firstSeenAt ?? '';
    expect(firstSeenAt > (remained?.tombstone?.since ?? '')).toBe(true);
    const dead = await world.store.view(world.site, view.link.number);
    expect(Date.parse(remained?.tombstone?.brokenAt ?? '')).toBe(Date.parse(dead?.link.tombstone?.at ?? ''));
    expect((remained?.tombstone?.since ?? '') < (remained?.tombstone?.brokenAt ?? '')).toBe(true);
  });

  it('R17 R22 what a merge left is apart from its survivor, who was there before though made since the other was last read', async () => {
    const world = await linkedPerson();
    const survivor = person('desk', '9', 'b@acme.test', { company: '7', alternativeEmails: ['a@acme.test'] });
    await world.survey('desk', 'customer', [survivor]);
    await gone(world, 'desk', '8');
    const view = await world.linkOf('customer', 'desk', '8');
    const breakAs = { reason: 'merged_in_desk', side: 'desk', causeLink: null } as const;
    await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs } });
    const left = (await world.undecided('customer', 'desk')).find(({ link }) => link.ids.desk === '9');
    const [remained] = left?.group.teamwork ?? [];
    expect(remained).toMatchObject({ id: '3', heldBy: null, tombstone: { link: view.link.number } });
    expect((left?.records.desk?.firstSeenAt ?? '') < (remained?.tombstone?.since ?? '')).toBe(true);
  });

  it('R21 who waits for the word on its company is woken by it', async () => {
    const world = await linkedPerson();
    const view = await world.linkOf('customer', 'desk', '8');
    const companyLink = (await world.linkOf('company', 'desk', '7')).link.number;
    const waiting: Plan = {
      ...agreed,
      status: 'pending',
      reason: 'gone_to_be_confirmed',
      companyFirst: { link: companyLink, side: 'teamwork', read: false },
    };
    await world.store.savePlan(world.site, { view, plan: waiting });
    expect(await world.dueLinks()).toEqual([companyLink]);
    const ofCompany = await world.linkOf('company', 'desk', '7');
    await world.store.savePlan(world.site, { view: ofCompany, plan: agreed });
    expect(await world.dueLinks()).toEqual([view.link.number]);
  });

  it('R25 the company that the base names is known when the record is in none any more', async () => {
    const world = await linkedPerson();
    const before = await world.linkOf('customer', 'desk', '8');
    const base = { company: '7' };
    await world.store.savePlan(world.site, {
      view: before,
      plan: { ...agreed, agreed: { teamwork: { company: '1' }, desk: base } },
    });
    expect((await world.linkOf('customer', 'desk', '8')).former).toEqual({ teamwork: null, desk: null });
    const left = { ...person('desk', '8', 'a@acme.test', { company: '' }), readAt: inOneSecond() };
    await world.store.recordObservation(world.site, left);
    await world.store.recordGone(world.site, 'desk', 'company', '7', inOneSecond());
    expect((await world.linkOf('customer', 'desk', '8')).former.desk).toMatchObject({
      id: '7',
      presence: 'gone',
      link: { phase: 'active' },
    });
  });

  it('R22 one that has another link since is held, and remained of nothing', async () => {
    const world = await opened.world();
    const broken = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await operate(world, broken, { verb: 'unlink' });
    await world.survey('teamwork', 'company', [
      company('teamwork', '1', 'Acme'),
      company('teamwork', '2', 'Acme'),
    ]);
    await world.settle('company', 'teamwork', ({ link }) =>
      link.ids.teamwork === '2' ? pairedWith('7') : alone,
    );
    const { number } = (await world.linkOf('company', 'teamwork', '2')).link;
    await world.store.recordObservation(world.site, company('teamwork', '4', 'Acme'));
    const met = (await world.undecided('company', 'teamwork')).find(({ link }) => link.ids.teamwork === '4');
    expect(met?.group.desk).toMatchObject([{ id: '7', heldBy: number, tombstone: null }]);
  });

  it('R22 another company of the same name is met as one that remained', async () => {
    const world = await opened.world();
    await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
    await world.store.recordGone(world.site, 'teamwork', 'company', '1', inOneSecond());
    const view = await world.linkOf('company', 'desk', '7');
    const breakAs = { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null } as const;
    await world.store.savePlan(world.site, { view, plan: { ...agreed, breakAs } });
    await world.survey('teamwork', 'company', [company('teamwork', '2', 'Acme')]);
    const met = (await world.undecided('company', 'teamwork')).find(({ link }) => link.ids.teamwork === '2');
    expect(met?.group.desk).toMatchObject([{ id: '7', tombstone: { link: view.link.number } }]);
  });
}
