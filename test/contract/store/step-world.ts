/** Links with something to write, and how far a step of theirs has come. */
import type { Kind, Side } from '../../../src/domain/record';
import type { Plan } from '../../../src/domain/plan';
import type { StepStart } from '../../../src/ports/links';
import { alone, company, creating, updating, writing, type World } from '../../support/store-world';
import type { Opened } from './opened';

type Started = Extract<StepStart, { intent: string }>;

export async function planned(world: World, kind: Kind, side: Side, id: string, plan: Plan): Promise<string> {
  const saved = await world.store.savePlan(world.site, { view: await world.linkOf(kind, side, id), plan });
  if (saved === null || saved.planId === null) throw new Error('The plan has nothing to write.');
  return saved.planId;
}

export async function begun(world: World, planId: string, index = 0): Promise<Started> {
  const start = await world.store.beginStep(world.site, planId, index);
  if ('refused' in start) throw new Error(`Refused: ${start.refused}.`);
  return start;
}

/** The run's first due write was sent, and its turn ended before anybody knew what came of it. */
export async function leftUnknown(world: World, { store }: Pick<World, 'store'>): Promise<void> {
  const [due] = await store.claimDue(world.site, world.run, 1);
  const { intent, link } = await begun(world, due?.plan?.planId ?? '');
  await store.leaveUnknown(world.site, intent);
  await store.finishDue(world.site, link);
}

/** A company in Teamwork.com alone, with the plan to create it in Desk. */
export async function aCreate(opened: Opened) {
  const world = await opened.world();
  await world.survey('teamwork', 'company', [company('teamwork', '1', 'Acme')]);
  await world.settle('company', 'teamwork', () => alone);
  const planId = await planned(world, 'company', 'teamwork', '1', creating('desk', { name: 'Acme' }));
  const { number } = (await world.linkOf('company', 'teamwork', '1')).link;
  return { world, planId, number };
}

/** A linked company, with the plan to write one field to Desk. */
export async function anUpdate(opened: Opened, ...more: readonly ReturnType<typeof updating>[]) {
  const world = await opened.world();
  const number = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
  const plan = writing(updating('desk', { website: 'acme.test' }), ...more);
  return { world, number, planId: await planned(world, 'company', 'desk', '7', plan) };
}

/** What befell a link, in its order. */
export async function eventsOf(world: World, link: number): Promise<string[]> {
  return (await world.reads.timeline(world.site, link, 100)).map(({ event }) => event).reverse();
}
