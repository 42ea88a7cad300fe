/** Plans that have something to write, kept with all that their steps were decided on. */
import { sides, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Decision } from '../../../src/ports/links';
import type { Memory, SiteRows } from './memory';

export function storePlan(
  memory: Memory,
  rows: SiteRows,
  run: string | null,
  decision: Decision,
  { number, version }: Link,
): string {
  const { view, plan } = decision;
  const id = memory.nextId();
  const targetOf = (side: Side) =>
    view.records[side] ?? view.counterparts.find((one) => one.side === side && one.id === plan.pairWith);
  const steps = plan.steps.map(({ side, action, values, sourceBase }) => ({
    side,
    action,
    values,
    sourceBase,
    before: action === 'create' ? null : (targetOf(side)?.fields ?? null),
  }));
  const created = sides.find((side) =>
    plan.steps.some((step) => step.side === side && step.action === 'create'),
  );
  const known = created === undefined ? [] : view.group[created].map((member) => member.id);
  rows.plans.set(number, { id, link: number, version, run, steps, known });
  return id;
}
