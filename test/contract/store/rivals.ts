/** Who waits because an identity is taken or ambiguous is due when a holder of it is linked, or no longer is (R14). */
import type { Plan } from '../../../src/domain/plan';
import { nothingToDo } from '../../../src/domain/plan-shapes';
import {
  agreed,
  alone,
  askedAbout,
  company,
  creating,
  pairedWith,
  person,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { linkedPerson, operate } from './operated';
import { openedFor } from './opened';
import { done } from './step-done';
import { begun, planned } from './step-world';

const taken: Plan = nothingToDo('taken', 'failing', 'taken');
const inOneSecond = () => new Date(Date.now() + 1_000).toISOString();

/** Three of one name in Teamwork.com and two in Desk; the first of each side stand alone, the third is another's name. */
async function aCrowd(world: World, waits: Plan): Promise<number> {
  await world.survey('teamwork', 'company', [
    company('teamwork', '1', 'Acme'),
    company('teamwork', '2', 'Acme'),
    company('teamwork', '3', 'Other'),
  ]);
  await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Acme')]);
  await world.settle('company', 'teamwork', ({ link }) => (link.ids.teamwork === '2' ? waits : alone));
  await world.settle('company', 'desk', () => alone);
  return numberOf(world, '2');
}

async function numberOf(world: World, id: string): Promise<number> {
  return (await world.linkOf('company', 'teamwork', id)).link.number;
}

export function rivalsContract(make: MakeStore): void {
  const opened = openedFor(make);

  const decide = async (world: World, id: string, plan: Plan) =>
    world.store.savePlan(world.site, { view: await world.linkOf('company', 'teamwork', id), plan });

  it('R22 one who stood alone for a reason of its own is due when the link of another breaks', async () => {
    const world = await opened.world();
    const number = await aCrowd(world, alone);
    await decide(world, '1', pairedWith('7'));
    expect(await world.dueLinks()).toEqual([]);
    const breakAs = { reason: 'deleted_in_desk', side: 'desk', causeLink: null } as const;
    await decide(world, '1', { ...agreed, breakAs });
    const inDesk = (await world.linkOf('company', 'desk', '8')).link.number;
    expect(await world.dueLinks()).toEqual(expect.arrayContaining([number, inDesk]));
  });

  it('R14 one of Desk who is asked about it is due when another is linked with a record of that name', async () => {
    const world = await opened.world();
    await aCrowd(world, alone);
    const view = await world.linkOf('company', 'desk', '8');
    await world.store.savePlan(world.site, { view, plan: askedAbout('1', '2') });
    expect(await world.dueLinks()).toEqual([]);
    await decide(world, '1', pairedWith('7'));
    expect(await world.dueLinks()).toEqual([view.link.number]);
  });

  describe.each([
    ['asked about it', askedAbout('7', '8')],
    ['told that it is taken', taken],
  ])('one who was %s', (_, waits) => {
    it('R14 is due when another is linked with a record of that name', async () => {
      const world = await opened.world();
      const number = await aCrowd(world, waits);
      expect(await world.dueLinks()).toEqual([]);
      await decide(world, '1', pairedWith('7'));
      expect(await world.dueLinks()).toEqual([number]);
    });

    it('R14 is due when a page of a run links another', async () => {
      const world = await opened.world();
      const number = await aCrowd(world, waits);
      const view = await world.linkOf('company', 'teamwork', '1');
      await world.store.settle(world.site, world.run, [{ view, plan: pairedWith('7') }]);
      expect(await world.dueLinks()).toEqual([number]);
    });

    it('R14 is due when a record made for another is confirmed', async () => {
      const world = await opened.world();
      const number = await aCrowd(world, waits);
      const plan = creating('desk', { name: 'Acme' });
      const { intent } = await begun(world, await planned(world, 'company', 'teamwork', '1', plan));
      expect(await world.dueLinks()).toEqual([]);
      await world.store.confirmStep(world.site, intent, done('desk', 'company', '9', { name: 'Acme' }));
      expect(await world.dueLinks()).toEqual([number]);
    });

    it('R22 is due when the link of another breaks', async () => {
      const world = await opened.world();
      const number = await aCrowd(world, waits);
      await decide(world, '1', pairedWith('7'));
      await finishAll(world);
      await decide(world, '2', waits);
      const breakAs = { reason: 'deleted_in_desk', side: 'desk', causeLink: null } as const;
      await decide(world, '1', { ...nothingToDo('gone', 'broken', 'deleted_in_desk'), breakAs });
      expect(await world.dueLinks()).toContain(number);
    });

    it('R22 is due when the link of another is joined again', async () => {
      const world = await opened.world();
      const number = await aCrowd(world, waits);
      await decide(world, '1', pairedWith('7'));
      const other = await numberOf(world, '1');
      await operate(world, other, { verb: 'unlink' });
      await finishAll(world);
      await decide(world, '2', waits);
      expect(await operate(world, other, { verb: 'relink', withPeople: false })).toMatchObject({
        done: true,
      });
      expect(await world.dueLinks()).toContain(number);
    });

    it('is left in peace when one of another name is linked', async () => {
      const world = await opened.world();
      await aCrowd(world, waits);
      await world.store.recordObservation(world.site, company('desk', '9', 'Other'));
      await decide(world, '3', pairedWith('9'));
      expect(await world.dueLinks()).toEqual([]);
    });
  });

  it('R17 one who is asked about a customer is due when that one survives a merge and has the link of another', async () => {
    const own = await linkedPerson(await opened.world());
    const { world, person: link } = own;
    const survivor = person('desk', '9', 'b@acme.test', { company: '7', alternativeEmails: ['a@acme.test'] });
    await world.store.recordObservation(world.site, survivor);
    await world.settle('customer', 'desk', () => alone);
    await world.survey('teamwork', 'customer', [person('teamwork', '4', 'b@acme.test', { company: '1' })]);
    await world.settle('customer', 'teamwork', ({ link: { ids } }) =>
      ids.teamwork === '4' ? askedAbout('9') : agreed,
    );
    await world.store.recordGone(world.site, 'desk', 'customer', '8', inOneSecond());
    await finishAll(world);
    const view = await world.store.view(world.site, link);
    if (view === null) throw new Error('The link is lost.');
    const plan: Plan = { ...agreed, situation: 'merged', moveTo: '9', readAgain: ['desk'] };
    expect(await world.store.savePlan(world.site, { view, plan })).not.toBeNull();
    expect(await world.dueLinks()).toContain((await world.linkOf('customer', 'teamwork', '4')).link.number);
  });

  it('one who stands alone is left in peace', async () => {
    const world = await opened.world();
    await aCrowd(world, alone);
    await decide(world, '1', pairedWith('7'));
    expect(await world.dueLinks()).toEqual([]);
  });

  it('one who is in step is left in peace', async () => {
    const world = await opened.world();
    await aCrowd(world, alone);
    await decide(world, '2', pairedWith('8'));
    await decide(world, '2', agreed);
    await decide(world, '1', pairedWith('7'));
    expect(await world.dueLinks()).toEqual([]);
  });

  async function finishAll(world: World): Promise<void> {
    for (const link of await world.dueLinks()) await world.store.finishDue(world.site, link);
  }
}

export function askedAboutContract(make: MakeStore): void {
  const opened = openedFor(make);

  it('R14 one who is asked about a record is due when that record is gone', async () => {
    const world = await opened.world();
    const number = await aCrowd(world, askedAbout('7', '8'));
    await world.store.recordGone(world.site, 'desk', 'company', '8', inOneSecond());
    expect(await world.dueLinks()).toContain(number);
  });

  it('R14 … and when it has another name now', async () => {
    const world = await opened.world();
    const number = await aCrowd(world, askedAbout('7', '8'));
    const renamed = company('desk', '8', 'Beta', { readAt: inOneSecond() });
    await world.store.recordObservation(world.site, renamed);
    expect(await world.dueLinks()).toContain(number);
  });

  it('is left in peace when a record changes that it was not asked about', async () => {
    const world = await opened.world();
    const number = await aCrowd(world, askedAbout('7', '8'));
    const renamed = company('teamwork', '3', 'Gamma', { readAt: inOneSecond() });
    await world.store.recordObservation(world.site, renamed);
    expect(await world.dueLinks()).not.toContain(number);
  });
}
