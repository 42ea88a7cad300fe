/** Decisions by the page: pairs that agree are linked without a workflow each, what needs a write becomes due. */
import type { Link } from '../../../src/domain/link';
import { kinds, type Kind } from '../../../src/domain/record';
import type { Decision, LinkStore } from '../../../src/ports/links';
import { keyOf, type Ref } from '../../../src/store/record-rows';
import { bothIn, pairedSide, pairIn, recordsOf } from '../../../src/store/decided-records';
import { addDue } from './due';
import { changeOne, type LinkChange } from './link-changes';
import { guarded } from './guard';
import { linkHolding, openIntentOf, refsOf } from './link-rows';
import type { Memory, SiteRows } from './memory';
import { markDecided } from './mirror';
import { storePlan } from './step-plans';
import { isAwaited } from './steps';
import { wakePeopleOfLinked } from './wakes';
import { transactions } from './transactions';

/** What InitialSync waits for, and nobody else. */
const priority = 4;

export function settleMethods(memory: Memory): Pick<LinkStore, 'settle'> {
  return transactions<Pick<LinkStore, 'settle'>>({
    settle(site, run, decisions) {
      let left = 0;
      for (const kind of kinds) {
        const ofKind = decisions.filter(({ view }) => view.link.kind === kind);
        left += settleKind(memory, memory.of(site), kind, run, ofKind);
      }
      return left;
    },
  });
}

function settleKind(
  memory: Memory,
  rows: SiteRows,
  kind: Kind,
  run: string,
  decisions: readonly Decision[],
): number {
  const isDead = ({ view: { link } }: Decision) => link.phase === 'broken' || link.phase === 'merged';
  const taken = new Set<string>();
  // All are judged on what was there before any is carried out, as the page's locks are.
  const judged = decisions.map((decision) => {
    if (isDead(decision)) return { decision, change: null };
    const change = changeFor(rows, decision);
    const refs = allRefs(decision).map(keyOf);
    if (change === null || refs.some((ref) => taken.has(ref))) {
      return { decision, change: null, busy: leftTo(rows, decision) };
    }
    for (const ref of refs) taken.add(ref);
    return { decision, change };
  });
  const inWork = new Set([...rows.due.keys()]);
  const linked: Link[] = [];
  for (const { decision: wanted, change: full } of judged) {
    if (full === null) continue;
    // R26; a break is held where it is carried out, by its own workflow.
    const [decision = wanted] =
      wanted.plan.breakAs === null ? guarded(memory, rows, kind, run, [wanted]) : [wanted];
    const change =
      decision === wanted ? full : { ...full, other: null, ids: wanted.view.link.ids, plan: decision.plan };
    const link = changeOne(memory, rows, change, run);
    if (link === null) continue;
    const { plan } = change;
    if (plan.steps.length > 0) storePlan(memory, rows, run, decision, link);
    const needsRead = plan.readAgain.length > 0 || plan.companyFirst !== null;
    if (plan.steps.length > 0 || needsRead || plan.breakAs !== null) {
      const isPlanned = plan.steps.length > 0;
      addDue(memory, rows, [{ link: link.number, priority, run, at: null, read: plan.readAgain }], isPlanned);
    }
    if (plan.pairWith !== null) linked.push(link);
  }
  for (const { busy = 0 } of judged) if (busy > 0) leaveToWorkflow(memory, rows, run, busy, inWork.has(busy));
  const settled = judged.flatMap(({ decision, change }) => {
    if (change !== null) return recordsOf(decision);
    return isDead(decision) ? recordsOf(decision).filter((ref) => linkHolding(rows, kind, ref) === null) : [];
  });
  markDecided(rows, kind, settled);
  if (kind === 'company') for (const { ids } of linked) wakePeopleOfLinked(memory, rows, ids, run);
  return judged.filter(({ busy }) => busy === 0).length;
}

/** Null when the link or its counterpart is in work, has moved since the decision, or is held by another link. */
function changeFor(rows: SiteRows, { view, plan }: Decision): LinkChange | null {
  const { link } = view;
  const own = freeHolder(rows, link.kind, refsOf(link.ids));
  if (own === 'busy' || (own?.number ?? 0) !== link.number || (own?.version ?? 0) !== link.version)
    return null;
  // A break has its guards and a direct read; it is never carried out by the page.
  const status =
    plan.breakAs === null ? plan : { ...plan, status: link.status, reason: link.reason ?? plan.reason };
  const change = { kind: link.kind, own, other: null, ids: link.ids, plan: status };
  if (plan.pairWith === null) return change;
  if (bothIn({ view, plan }).some((ref) => isAwaited(rows, link.kind, ref))) return null;
  const side = pairedSide(link.ids);
  const other = freeHolder(rows, link.kind, [{ side, id: plan.pairWith }]);
  if (other === 'busy' || (other !== null && other.phase !== 'lone')) return null;
  return { ...change, other, ids: { ...link.ids, [side]: plan.pairWith } };
}

/** Whose workflow decides instead: the link's own, or the counterpart's where the record has no row yet. */
function leftTo(rows: SiteRows, decision: Decision): number {
  const { kind, number } = decision.view.link;
  if (number > 0) return number;
  const others = pairIn(decision).flatMap((ref) => linkHolding(rows, kind, ref)?.number ?? []);
  return others.find((other) => rows.due.has(other) || openIntentOf(rows, other) !== null) ?? 0;
}

function freeHolder(rows: SiteRows, kind: Kind, refs: readonly Ref[]): Link | null | 'busy' {
  for (const ref of refs) {
    const link = linkHolding(rows, kind, ref);
    if (link === null) continue;
    return rows.due.has(link.number) || openIntentOf(rows, link.number) !== null ? 'busy' : link;
  }
  return null;
}

function allRefs(decision: Decision): Ref[] {
  return [...refsOf(decision.view.link.ids), ...pairIn(decision)];
}

/** What is in work is decided by its own workflow; the run waits for it. */
function leaveToWorkflow(memory: Memory, rows: SiteRows, run: string, link: number, isDue: boolean): void {
  const due = rows.due.get(link);
  if (!isDue || due === undefined) {
    addDue(memory, rows, [{ link, priority, run, at: null, read: [] }]);
    return;
  }
  const now = memory.now();
  rows.due.set(link, { ...due, run: due.run ?? run, at: due.at < now ? due.at : now });
}
