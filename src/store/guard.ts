/** Where decisions take effect: what would be a mass change waits in a hold instead (R26). */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { MassChange } from '../domain/guard';
import {
  announcedByItsRun,
  announcedByNobody,
  besideInitialSync,
  guardedChanges,
  heldPlan,
  isSettled,
  type Announced,
} from '../domain/guarded-changes';
import type { Kind } from '../domain/record';
import type { Decision } from '../ports/links';
import { takeAnnounced } from './announced';
import { GuardCounts } from './guard-counts';
import { addMembers, dropMembers, membershipsOf, type Membership, type NewMember } from './hold-members';
import { json } from './storable';
import type { Tx } from './transaction';

/** One guarded change of one link, as it is counted and held. */
export interface Proposal {
  readonly link: number;
  readonly change: MassChange;
  /** '' unless it is a field's. */
  readonly field: string;
  readonly exactly: string;
}

/**
 * The decisions in their order, those that must wait replaced by what holds them. What passed is counted; whoever has
 * nothing left to be held for leaves its hold, answered or not: but not before all is read that a decision asks for.
 */
export async function guarded(
  tx: Tx,
  site: string,
  kind: Kind,
  run: string | null,
  decisions: readonly Decision[],
): Promise<Decision[]> {
  const announcedByRun = await announcedBy(tx, site, run, decisions);
  const proposed = decisions.map((decision) => ({
    decision,
    proposals: proposalsOf(decision, announcedByRun),
  }));
  const concerned = proposed.filter(
    ({ decision, proposals }) => proposals.length > 0 || decision.view.link.status === 'held',
  );
  if (concerned.length === 0) return [...decisions];
  const links = concerned.map(({ decision }) => decision.view.link.number);
  await lockGuard(tx, site, kind);
  const memberships = await membershipsOf(tx, site, links);
  const announced = await takeAnnounced(tx, site, links);
  const counts = new GuardCounts(tx, site, kind);
  const joining: NewMember[] = [];
  const leaving: Membership[] = [];

  const answered: Decision[] = [];
  for (const { decision, proposals } of proposed) {
    const number = decision.view.link.number;
    const own = memberships.filter(({ link }) => link === number);
    const waiting: Waiting[] = [];
    const passing: Proposal[] = [];
    const word = announced.get(number);
    const uncounted = ({ change }: Proposal) => word !== undefined && (word.breaks || change !== 'break');
    for (const proposal of proposals) {
      if (uncounted(proposal)) continue;
      const waits = await mustWait(counts, proposal, own);
      if (waits === 'rejected' || waits === 'open') waiting.push({ proposal, state: waits });
      else if (waits === 'counted') passing.push(proposal);
    }
    if (waiting.length === 0) {
      await counts.add(passing);
      if (isSettled(decision.plan)) leaving.push(...own);
      answered.push(decision);
      continue;
    }
    const open = waiting.filter(({ state }) => state === 'open').map(({ proposal }) => proposal);
    joining.push(...open);
    leaving.push(...own.filter((member) => !waiting.some(({ proposal }) => isFor(member, proposal))));
    const reason = open.length > 0 ? 'mass_change' : 'mass_change_rejected';
    answered.push({ ...decision, plan: heldPlan(decision.view, decision.plan, reason) });
  }
  await dropMembers(tx, site, leaving);
  await addMembers(tx, site, kind, joining);
  return answered;
}

interface Waiting {
  readonly proposal: Proposal;
  readonly state: 'open' | 'rejected';
}

/** `approved` passes without being counted, once; `counted` passes because there is still room. */
async function mustWait(
  counts: GuardCounts,
  proposal: Proposal,
  own: readonly Membership[],
): Promise<'approved' | 'counted' | 'open' | 'rejected'> {
  const same = own.filter((member) => isFor(member, proposal));
  const exact = same.filter(({ exactly }) => exactly === proposal.exactly);
  if (exact.some(({ state }) => state === 'approved')) return 'approved';
  if (exact.some(({ state }) => state === 'rejected')) return 'rejected';
  if (same.some(({ state }) => state === 'open')) return 'open';
  return (await counts.hasRoom(proposal)) ? 'counted' : 'open';
}

function isFor(member: Membership, { change, field }: Proposal): boolean {
  return member.change === change && member.field === field;
}

/** Asked only where the answer matters. */
async function announcedBy(
  tx: Tx,
  site: string,
  run: string | null,
  decisions: readonly Decision[],
): Promise<Announced> {
  if (run !== null) return announcedByItsRun;
  const count = (decision: Decision, announced: Announced) => guardedChanges(decision, announced).length;
  const matters = decisions.some((one) => count(one, announcedByNobody) > count(one, besideInitialSync));
  if (!matters) return announcedByNobody;
  const { rows } = await sql`
    select from runs where site = ${site} and mode = 'sync' and state in ('running', 'paused') limit 1`.execute(
    tx,
  );
  return rows.length > 0 ? besideInitialSync : announcedByNobody;
}

function proposalsOf(decision: Decision, announced: Announced): readonly Proposal[] {
  return guardedChanges(decision, announced).map(({ change, field, exactly }) => ({
    link: decision.view.link.number,
    change,
    field: field ?? '',
    exactly: createHash('sha256').update(json(exactly)).digest('hex'),
  }));
}

/** One at a time counts, or two would see the same room. */
async function lockGuard(tx: Tx, site: string, kind: Kind): Promise<void> {
  await sql`insert into guards (site, kind) values (${site}, ${kind}) on conflict do nothing`.execute(tx);
  await sql`select from guards where site = ${site} and kind = ${kind} for update`.execute(tx);
}
