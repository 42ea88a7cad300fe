/** Decisions of a run in mode `plan`: kept, assumed for the customers' pages, and reported. Nothing else is written. */
import { sql } from 'kysely';
import type { RecordView } from '../domain/plan';
import type { Side } from '../domain/record';
import type { Decision } from '../ports/links';
import type { Outcome } from '../ports/runs';
import type { Store } from '../ports/store';
import { fingerprintOf } from './applied-plans';
import type { WalledDatabase } from './database';
import { planReport } from './plan-report';
import { pairedSide, recordsOf } from './decided-records';
import { jsonb } from './storable';
import { withSite, type Tx } from './transaction';

export function plannedMethods(db: WalledDatabase): Pick<Store, 'keepPlanned' | 'planReport'> {
  return {
    keepPlanned: (site, run, decisions) =>
      withSite(db, site, async (tx) => {
        if (decisions.length === 0) return;
        await sql`
          insert into planned (site, run, kind, link, teamwork_id, desk_id, teamwork_company, desk_company, name, outcome,
            reason, asked, active_since, steps, replaced, fingerprint)
          select ${site}, ${run}, p.kind, p.link, p."teamworkId", p."deskId", p."teamworkCompany", p."deskCompany",
            p.name, p.outcome, p.reason, p.asked,
            case when p."isLinked" then coalesce(p."activeSince", clock_timestamp()) end, p.steps, p.replaced, p.fingerprint
          from jsonb_to_recordset(${jsonb(decisions.map(toRow))}) as p(kind text, link bigint, "teamworkId" text,
            "deskId" text, "teamworkCompany" text, "deskCompany" text, name text, outcome text, reason text, asked text,
            "activeSince" timestamptz, "isLinked" boolean, steps jsonb, replaced jsonb, fingerprint text)
          on conflict do nothing`.execute(tx);
      }),

    planReport: (site, run) => withSite(db, site, (tx) => planReport(tx, site, run)),
  };
}

/** The latest plans, the one that begins too; what they decided takes as much room as the links do. */
const plansKept = 3;

/** But for what is being applied. */
export async function dropOldPlans(tx: Tx, site: string): Promise<void> {
  const { rows } = await sql<{ run: string }>`
    update runs r set decisions_dropped_at = clock_timestamp()
    where r.site = ${site} and r.mode = 'plan' and r.decisions_dropped_at is null
      and r.run not in (
        select run from runs where site = ${site} and mode = 'plan' order by started_at desc limit ${plansKept})
      and not exists (select from runs a
        where a.site = r.site and a.applies = r.run and a.state in ('running', 'paused'))
    returning r.run`.execute(tx);
  const dropped = rows.map(({ run }) => run);
  if (dropped.length === 0) return;
  await sql`delete from planned where site = ${site} and run = any(${dropped}::text[])`.execute(tx);
}

function toRow(decision: Decision) {
  const { view, plan } = decision;
  const { link } = view;
  const ids = plan.pairWith === null ? link.ids : { ...link.ids, [pairedSide(link.ids)]: plan.pairWith };
  const records = recordsOf(decision);
  const creates = plan.steps.some(({ action }) => action === 'create');
  const on = (side: Side) => records.find((record) => record.side === side);
  return {
    kind: link.kind,
    link: link.number === 0 ? null : link.number,
    teamworkId: ids.teamwork,
    deskId: ids.desk,
    teamworkCompany: companyOf(on('teamwork')),
    deskCompany: companyOf(on('desk')),
    name: nameOf(on('teamwork') ?? on('desk')),
    outcome: outcomeOf(decision),
    reason: plan.reason,
    asked: plan.askedByBox ? 'yes' : link.asked,
    activeSince: link.activeSince,
    isLinked: plan.breakAs === null && (link.phase === 'active' || plan.pairWith !== null || creates),
    steps: plan.steps.map(({ side, action }) => ({ side, action })),
    // R12: the side that loses a first match has its value replaced.
    replaced: plan.losers
      .filter(({ rule }) => rule === 'first_match')
      .map(({ side, field }) => ({ side, id: ids[side], field })),
    fingerprint: fingerprintOf(decision),
  };
}

/** What the plan means for the record or pair. */
export function outcomeOf({ view, plan }: Decision): Outcome {
  if (plan.steps.some(({ action }) => action === 'create')) return 'created';
  if (plan.pairWith !== null) return 'linked';
  if (plan.steps.length > 0) return 'updated';
  if (view.link.phase === 'active' && plan.status === 'in_sync') return 'unchanged';
  switch (plan.status) {
    case 'question':
      return 'asked';
    case 'excluded':
    case 'suspended':
    case 'broken':
      return 'excluded';
    case 'waiting':
    case 'held':
    case 'paused':
    case 'pending':
      return 'waiting';
    case 'failing':
      return 'failing';
    case 'in_sync':
      return 'unchanged';
  }
}

function companyOf(record: RecordView | undefined): string | null {
  const company = record?.fields.company;
  return typeof company === 'string' && company !== '' ? company : null;
}

function nameOf(record: RecordView | undefined): string {
  const { name, firstName = '', lastName = '' } = record?.fields ?? {};
  if (record?.kind === 'company') return typeof name === 'string' ? name : '';
  return [firstName, lastName].flat().join(' ').trim();
}
