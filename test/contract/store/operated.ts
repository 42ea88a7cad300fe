/** What the suites of operators' actions are written with: linked people, deletions, and an operator who acts. */
import type { Link } from '../../../src/domain/link';
import type { Plan } from '../../../src/domain/plan';
import type { Fields, Side } from '../../../src/domain/record';
import type { Operation, OperationResult } from '../../../src/ports/operations';
import { agreed, alone, pairedWith, person, type World } from '../../support/store-world';

let operations = 0;

/** Each time an operation of its own. */
export function operate(world: World, link: number, operation: Operation): Promise<OperationResult> {
  return world.operations.operate(world.site, link, operation, `operation-${++operations}`);
}

export const soon = () => new Date(Date.now() + 1_000).toISOString();

/** The row itself, tombstone or not. */
export async function linkAt(world: World, number: number): Promise<Link> {
  const view = await world.store.view(world.site, number);
  if (view === null) throw new Error(`There is no link ${number}.`);
  return view.link;
}

export interface Linked {
  readonly world: World;
  readonly company: number;
  readonly person: number;
}

/** Company 1 = 7 and in it person 3 = 8. Nothing is due. */
export async function linkedPerson(
  world: World,
  fields: Partial<Record<Side, Fields>> = {},
): Promise<Linked> {
  const company = await world.linkedCompany('Acme', { teamwork: '1', desk: '7' });
  const email = 'a@acme.test';
  const own = (side: Side) => ({ company: side === 'teamwork' ? '1' : '7', ...fields[side] });
  await world.survey('teamwork', 'customer', [person('teamwork', '3', email, own('teamwork'))]);
  await world.survey('desk', 'customer', [person('desk', '8', email, own('desk'))]);
  const bases = {
    teamwork: { firstName: 'Ada', email, company: '1' },
    desk: { firstName: 'Ada', email, company: '7' },
  };
  await world.settle('customer', 'teamwork', () => ({ ...pairedWith('8'), agreed: bases }));
  const { link } = await world.linkOf('customer', 'desk', '8');
  await rest(world);
  return { world, company, person: link.number };
}

/** Whatever was due is done. */
export async function rest(world: World): Promise<void> {
  for (const link of await world.dueLinks()) await world.store.finishDue(world.site, link);
}

/** The record is gone, and its link a tombstone. */
export async function deleted(
  { world }: Linked,
  kind: 'company' | 'customer',
  side: Side,
  link: number,
  causeLink: number | null = null,
): Promise<void> {
  const { ids } = await linkAt(world, link);
  await world.store.recordGone(world.site, side, kind, ids[side] ?? '', soon());
  const view = await world.store.view(world.site, link);
  if (view === null) throw new Error(`There is no link ${link}.`);
  const reason = side === 'desk' ? 'deleted_in_desk' : 'deleted_in_teamwork';
  const plan: Plan = { ...agreed, breakAs: { reason, side, causeLink } };
  await world.store.savePlan(world.site, { view, plan });
  await rest(world);
}

/** Links person 3, whose own link is broken, with that customer of Desk. */
export async function linkedPersonTo(world: World, desk: string): Promise<number> {
  const view = await world.linkOf('customer', 'desk', desk);
  await world.store.savePlan(world.site, { view, plan: { ...alone, situation: 'found', pairWith: '3' } });
  await rest(world);
  return (await world.linkOf('customer', 'desk', desk)).link.number;
}
