/** Plans that have something to write: kept with all that their steps were decided on, so that a step can check it. */
import { sql } from 'kysely';
import { sides, type Side } from '../domain/record';
import type { Decision } from '../ports/links';
import { jsonb } from './storable';
import type { PlannedStep } from './tables';
import type { Tx } from './transaction';

export interface PlanToStore {
  readonly decision: Decision;
  /** The link's row, as the decision left it. */
  readonly number: number;
  readonly version: number;
}

/** Answers the plans' ids in the order given; a link's earlier plan is replaced. */
export async function storePlans(
  tx: Tx,
  site: string,
  run: string | null,
  plans: readonly PlanToStore[],
): Promise<readonly string[]> {
  if (plans.length === 0) return [];
  const rows = plans.map(({ decision, number, version }) => ({
    link: number,
    version,
    steps: stepsOf(decision),
    known: knownTo(decision),
  }));
  const stored = await sql<{ id: string; link: number }>`
    insert into plans as p (site, link, version, run, steps, known)
    select ${site}, x.link, x.version, ${run}, x.steps, x.known
    from jsonb_to_recordset(${jsonb(rows)}) as x(link bigint, version bigint, steps jsonb, known text[])
    on conflict (site, link) do update set id = gen_random_uuid(), version = excluded.version, run = excluded.run,
      steps = excluded.steps, known = excluded.known, made_at = clock_timestamp()
    returning id, link`.execute(tx);
  const ids = new Map(stored.rows.map(({ id, link }) => [link, id]));
  return rows.flatMap(({ link }) => ids.get(link) ?? []);
}

function stepsOf({ view, plan }: Decision): readonly PlannedStep[] {
  const targetOf = (side: Side) =>
    view.records[side] ??
    view.counterparts.find(({ id, side: of }) => of === side && id === plan.pairWith) ??
    null;
  return plan.steps.map(({ side, action, values, sourceBase }) => ({
    side,
    action,
    values,
    sourceBase,
    before: action === 'create' ? null : (targetOf(side)?.fields ?? null),
  }));
}

/** What a create may meet on its side and was decided in the face of; anything else there is news (R14, R15). */
function knownTo({ view, plan }: Decision): readonly string[] {
  const created = sides.find((side) =>
    plan.steps.some((step) => step.side === side && step.action === 'create'),
  );
  return created === undefined ? [] : view.group[created].map(({ id }) => id);
}
