/** Applying a plan: of a run's decisions those that say what the plan says of records that have not moved; no others. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { announcedByItsRun, guardedChanges } from '../domain/guarded-changes';
import type { Decision } from '../ports/links';
import type { AppliedReport } from '../ports/runs';
import { announce } from './announced';
import { contentOf } from './record-rows';
import { pairedSide, recordsOf } from './decided-records';
import { json, jsonb } from './storable';
import type { Tx } from './transaction';

/** Of the records that the decision was taken on, and of what it does. */
export function fingerprintOf(decision: Decision): string {
  const { plan } = decision;
  const said = {
    records: recordsOf(decision).map(contentOf),
    // A company that the plan makes has no id yet; whose company it is follows from the records.
    steps: plan.steps.map(({ side, action, values: { company: _, ...values } }) => ({
      ...{ side, action, values },
    })),
    losers: plan.losers.map(({ side, field }) => ({ side, field })),
    outcome: [plan.status, plan.reason, plan.pairWith],
  };
  return createHash('sha256')
    .update(json(inOrder(said)))
    .digest('hex');
}

/** Keys in one order, whoever wrote the object. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, inOrder(part)]),
  );
}

/** The decisions that the plan holds just so. What an approved plan does is announced, and no mass change (R26). */
export async function stillPlanned(
  tx: Tx,
  site: string,
  run: string,
  plan: string,
  decisions: readonly Decision[],
): Promise<readonly Decision[]> {
  const rows = decisions.map((decision, index) => {
    const { kind, ids } = decision.view.link;
    const { pairWith } = decision.plan;
    const whole = pairWith === null ? ids : { ...ids, [pairedSide(ids)]: pairWith };
    return {
      ...{ index, kind, fingerprint: fingerprintOf(decision) },
      ...{ teamworkId: whole.teamwork, deskId: whole.desk },
    };
  });
  const { rows: standing } = await sql<{ index: number }>`
    update planned p set carried_by = ${run}
    from jsonb_to_recordset(${jsonb(rows)})
      as x(index bigint, kind text, fingerprint text, "teamworkId" text, "deskId" text)
    where p.site = ${site} and p.run = ${plan} and p.kind = x.kind and p.fingerprint = x.fingerprint
      and p.teamwork_id is not distinct from x."teamworkId" and p.desk_id is not distinct from x."deskId"
    returning x.index`.execute(tx);
  const places = new Set(standing.map(({ index }) => index));
  const taken = decisions.filter((_, index) => places.has(index));
  const guardedLinks = taken.filter((decision) => guardedChanges(decision, announcedByItsRun).length > 0);
  await announce(
    tx,
    site,
    guardedLinks.map(({ view }) => view.link.number),
    { breaks: true },
  );
  return taken;
}

/** What the run carried out of its plan, and what it left alone because it has moved since. */
export async function appliedReport(tx: Tx, site: string, run: string, plan: string): Promise<AppliedReport> {
  const changing = sql`site = ${site} and run = ${plan} and outcome in ('linked', 'created', 'updated')`;
  const carried = await sql<{ number: number }>`
    select count(*) as number from planned where ${changing} and carried_by = ${run}`.execute(tx);
  const moved = await sql<AppliedReport['moved'][number]>`
    select kind, teamwork_id as "teamworkId", desk_id as "deskId", outcome from planned
    where ${changing} and carried_by is distinct from ${run} order by position`.execute(tx);
  return { plan, carriedOut: carried.rows[0]?.number ?? 0, moved: moved.rows };
}
