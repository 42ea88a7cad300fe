/** Mass changes wait in a hold instead of taking effect (R26), as `src/store/guard.ts` keeps it. */
import { createHash } from 'node:crypto';
import { allowance, holdMassChange, type MassChange } from '../../../src/domain/guard';
import {
  announcedByItsRun,
  announcedByNobody,
  besideInitialSync,
  guardedChanges,
  heldPlan,
  isSettled,
  type Announced,
} from '../../../src/domain/guarded-changes';
import type { Kind } from '../../../src/domain/record';
import type { Decision } from '../../../src/ports/links';
import { addMembers, leave, membershipsOf, type Membership } from './holds';
import { plusMs, type Memory, type SiteRows } from './memory';

export interface Proposal {
  readonly link: number;
  readonly change: MassChange;
  /** '' unless it is a field's. */
  readonly field: string;
  readonly exactly: string;
}

const dayMs = 24 * 3_600_000;

/** The decisions in their order, those that must wait replaced by what holds them. */
export function guarded(
  memory: Memory,
  rows: SiteRows,
  kind: Kind,
  run: string | null,
  decisions: readonly Decision[],
): Decision[] {
  const announced = announcedBy(rows, run);
  return decisions.map((decision) => {
    const proposals = proposalsOf(decision, announced);
    const { number, status } = decision.view.link;
    if (proposals.length === 0 && status !== 'held') return decision;
    const own = membershipsOf(memory, rows, number);
    const isAnnounced = takeAnnounced(memory, rows, number);
    const judged = (isAnnounced ? proposals.filter(({ change }) => change === 'break') : proposals).map(
      (proposal) => ({
        proposal,
        fate: fateOf(memory, rows, kind, proposal, own),
      }),
    );
    const waiting = judged.filter(({ fate }) => fate === 'open' || fate === 'rejected');
    if (waiting.length === 0) {
      const passed = judged.filter(({ fate }) => fate === 'counted');
      for (const { proposal } of passed) rows.guard.counted.set(keyOf(kind, proposal), memory.now());
      if (isSettled(decision.plan)) leave(rows, own);
      return decision;
    }
    const open = waiting.flatMap(({ fate, proposal }) => (fate === 'open' ? [proposal] : []));
    leave(
      rows,
      own.filter((member) => !waiting.some(({ proposal }) => isFor(member, proposal))),
    );
    addMembers(memory, rows, kind, open);
    const reason = open.length > 0 ? 'mass_change' : 'mass_change_rejected';
    return { ...decision, plan: heldPlan(decision.view, decision.plan, reason) };
  });
}

/** `approved` passes without being counted, once; `counted` passes because there is still room. */
function fateOf(
  memory: Memory,
  rows: SiteRows,
  kind: Kind,
  proposal: Proposal,
  own: readonly Membership[],
): 'approved' | 'counted' | 'open' | 'rejected' {
  const same = own.filter((member) => isFor(member, proposal));
  const exact = same.filter(({ exactly }) => exactly === proposal.exactly);
  if (exact.some(({ state }) => state === 'approved')) return 'approved';
  if (exact.some(({ state }) => state === 'rejected')) return 'rejected';
  if (same.some(({ state }) => state === 'open')) return 'open';
  return hasRoom(memory, rows, kind, proposal) ? 'counted' : 'open';
}

function isFor(member: Membership, { change, field }: Proposal): boolean {
  return member.change === change && member.field === field;
}

/** A record whose same field changes again within the day is the same one record. */
function hasRoom(memory: Memory, rows: SiteRows, kind: Kind, proposal: Proposal): boolean {
  const { counted } = rows.guard;
  const dayAgo = plusMs(memory.now(), -dayMs);
  const { change, field } = proposal;
  let passed = 0;
  for (const [key, at] of counted) {
    if (!key.startsWith(`${kind} ${change} ${field} `)) continue;
    if (at <= dayAgo) counted.delete(key);
    else passed++;
  }
  if (counted.has(keyOf(kind, proposal))) return true;
  // Below the least allowance nobody need count the links.
  const few = change !== 'break' && passed < allowance(change, 0, passed);
  const activeLinks = few
    ? 0
    : [...rows.links.values()].filter(({ link }) => link.kind === kind && link.phase === 'active').length;
  return holdMassChange({ change, activeLinks, passed, proposed: [proposal] }).passes.length > 0;
}

function keyOf(kind: Kind, { change, field, link }: Proposal): string {
  return `${kind} ${change} ${field} ${link}`;
}

function announcedBy({ runs }: SiteRows, run: string | null): Announced {
  if (run !== null) return announcedByItsRun;
  const isUnderWay = [...runs.values()].some(
    ({ mode, state }) => mode === 'sync' && (state === 'running' || state === 'paused'),
  );
  return isUnderWay ? besideInitialSync : announcedByNobody;
}

function proposalsOf(decision: Decision, announced: Announced): readonly Proposal[] {
  return guardedChanges(decision, announced).map(({ change, field, exactly }) => ({
    link: decision.view.link.number,
    change,
    field: field ?? '',
    exactly: createHash('sha256').update(JSON.stringify(exactly)).digest('hex'),
  }));
}

/** What an operator asked for of a link is no mass change. */
export function announce(memory: Memory, rows: SiteRows, link: number): void {
  rows.guard.announced.set(link, plusMs(memory.now(), 3_600_000));
}

/** Each announcement serves once. */
function takeAnnounced(memory: Memory, rows: SiteRows, link: number): boolean {
  const until = rows.guard.announced.get(link);
  rows.guard.announced.delete(link);
  return until !== undefined && until > memory.now();
}
