/** What operators answer: who is whose counterpart (R14). */
import type { OperationResult } from '../../../src/ports/operations';
import {
  alone,
  askedAbout,
  company,
  pairedWith,
  person,
  type MakeStore,
  type World,
} from '../../support/store-world';
import { linkAt, linkedPerson, operate, rest } from './operated';
import { openedFor } from './opened';
import { aCreate, begun } from './step-world';

export function operationsAnsweredContract(make: MakeStore): void {
  const opened = openedFor(make);
  const whyNot = (result: OperationResult) => (result.done ? 'done' : result.why);

  const asked = async (): Promise<{ world: World; link: number }> => {
    const world = await opened.world();
    await world.survey('desk', 'company', [company('desk', '7', 'Acme'), company('desk', '8', 'Acme Ltd')]);
    await world.settle('company', 'desk', () => alone);
    await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme Inc')]);
    await world.settle('company', 'teamwork', () => askedAbout('7', '8'));
    const { link } = await world.linkOf('company', 'teamwork', '1');
    await rest(world);
    return { world, link: link.number };
  };
  const answersOf = async (world: World) => (await world.linkOf('company', 'teamwork', '1')).group.answers;

  it('R14 same is said of one candidate, and everybody concerned decides anew', async () => {
    const { world, link } = await asked();
    const same = { verb: 'answer', verdict: 'same' } as const;
    expect(await operate(world, link, { ...same, id: null })).toMatchObject({
      ...{ done: false, why: 'several_candidates', candidates: ['7', '8'] },
    });
    expect(whyNot(await operate(world, link, { ...same, id: '77' }))).toBe('no_candidate');
    expect(whyNot(await operate(world, link, { ...same, id: '8' }))).toBe('done');
    expect(await answersOf(world)).toEqual([{ teamwork: '1', desk: '8', verdict: 'same' }]);
    const others = ['7', '8'].map(async (id) => (await world.linkOf('company', 'desk', id)).link.number);
    const concerned = [link, ...(await Promise.all(others))].sort((one, other) => one - other);
    expect(await world.dueLinks()).toEqual(concerned);
  });

  it('R14 a later answer takes the place of an earlier one', async () => {
    const { world, link } = await asked();
    await operate(world, link, { verb: 'answer', verdict: 'same', id: '7' });
    await operate(world, link, { verb: 'answer', verdict: 'same', id: '8' });
    expect(await answersOf(world)).toEqual([{ teamwork: '1', desk: '8', verdict: 'same' }]);
  });

  it('R14 apart is said of all candidates at once', async () => {
    const { world, link } = await asked();
    await operate(world, link, { verb: 'answer', verdict: 'apart', id: null });
    const told = (await answersOf(world)).map(({ desk, verdict }) => `${desk} ${verdict}`);
    expect(told.sort()).toEqual(['7 apart', '8 apart']);
  });

  it.each(['7', '8'])('R14 what is just being decided of candidate %s is decided anew', async (id) => {
    const { world, link } = await asked();
    await operate(world, link, { verb: 'answer', verdict: 'same', id });
    const view = await world.linkOf('company', 'desk', id);
    await operate(world, link, { verb: 'answer', verdict: 'apart', id: null });
    expect(await world.store.savePlan(world.site, { view, plan: pairedWith('1') })).toBeNull();
    expect((await linkAt(world, link)).phase).toBe('lone');
  });

  it('R14 so is that of another who is asked about the same candidates', async () => {
    const { world, link } = await asked();
    await world.survey('teamwork', 'company', [company('teamwork', '2', 'Acme Co')]);
    await world.settle('company', 'teamwork', () => askedAbout('7', '8'));
    const view = await world.linkOf('company', 'teamwork', '2');
    await operate(world, link, { verb: 'answer', verdict: 'same', id: '8' });
    expect(await world.store.savePlan(world.site, { view, plan: pairedWith('8') })).toBeNull();
  });

  it('R14 an answer about companies concerns no person whose candidates have the same ids', async () => {
    const { world, link } = await asked();
    await world.survey('teamwork', 'customer', [person('teamwork', '5', 'a@acme.test')]);
    await world.settle('customer', 'teamwork', () => askedAbout('7', '8'));
    await operate(world, link, { verb: 'answer', verdict: 'apart', id: null });
    expect(await world.dueLinks()).not.toContain(
      (await world.linkOf('customer', 'teamwork', '5')).link.number,
    );
  });

  it('R15 of what a create under way may have made nothing is said before its outcome is known', async () => {
    const { world, planId } = await aCreate(opened);
    const { intent } = await begun(world, planId);
    await world.survey('desk', 'company', [company('desk', '7', 'Acme')]);
    await world.settle('company', 'desk', () => askedAbout('1'));
    const { link } = await world.linkOf('company', 'desk', '7');
    const apart = { verb: 'answer', verdict: 'apart', id: null } as const;
    expect(whyNot(await operate(world, link.number, apart))).toBe('in_work');
    await world.store.closeIntent(world.site, intent);
    expect(whyNot(await operate(world, link.number, apart))).toBe('done');
  });

  it('R14 nothing is answered where nothing is asked', async () => {
    const { world, person: link } = await linkedPerson(await opened.world());
    const answer = { verb: 'answer', verdict: 'apart', id: null } as const;
    expect(whyNot(await operate(world, link, answer))).toBe('no_question');
  });
}
