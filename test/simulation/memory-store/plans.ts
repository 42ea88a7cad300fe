/** The decision for one link, stored with everything that follows from it. */
import type { Link } from '../../../src/domain/link';
import type { Decision, LinkStore } from '../../../src/ports/links';
import { bothIn, pairedSide, recordsOf } from '../../../src/store/decided-records';
import { moveToSurvivor, wakePeopleWaitingFor } from './deletions';
import { addDue, handOver } from './due';
import { changeOne } from './link-changes';
import { guarded } from './guard';
import { changeLink, journal, linkHolding, openIntentOf } from './link-rows';
import { plusMs, type Memory, type SiteRows } from './memory';
import { markDecided } from './mirror';
import { wakeForRetry } from './retries';
import { storePlan } from './step-plans';
import { isAwaited } from './steps';
import { wakePeopleOfBroken, wakePeopleOfLinked, wakeAlike, wakeRivals } from './wakes';
import { transactions } from './transactions';

const nothing = { planId: null, steps: [] };

const awaitedForMs = 5_000;

export function planMethods(memory: Memory): Pick<LinkStore, 'savePlan'> {
  return transactions<Pick<LinkStore, 'savePlan'>>({
    savePlan(site, decision) {
      const rows = memory.of(site);
      const { view } = decision;
      const { link } = view;
      const found = toChange(rows, decision);
      if (found === null) return null;
      const run = rows.due.get(link.number)?.run ?? null;
      if (bothIn(decision).some((ref) => isAwaited(rows, link.kind, ref))) {
        const at = plusMs(memory.now(), awaitedForMs);
        addDue(memory, rows, [{ link: link.number, priority: 3, run, at, read: [] }]);
        return nothing;
      }
      if (link.phase !== 'broken') markDecided(rows, link.kind, recordsOf(decision));
      const [effective = decision] = guarded(memory, rows, link.kind, run, [decision]);
      const { plan } = effective;
      if (plan.companyFirst?.read === false) {
        addDue(memory, rows, [{ link: plan.companyFirst.link, priority: 2, run, at: null, read: [] }]);
      }
      if (plan.breakAs !== null) {
        breakLink(memory, rows, link, plan.breakAs, run);
        return nothing;
      }
      if (link.phase === 'broken') return nothing;
      if (plan.moveTo !== null) {
        moveToSurvivor(memory, rows, link, plan.moveTo, run);
        rows.plans.delete(link.number);
        return nothing;
      }
      const side = pairedSide(link.ids);
      const ids = plan.pairWith === null ? link.ids : { ...link.ids, [side]: plan.pairWith };
      const changed = changeOne(memory, rows, { kind: link.kind, ...found, ids, plan }, run);
      if (changed === null) return null;
      if (link.kind === 'company') wakePeopleWaitingFor(memory, rows, link.ids.teamwork);
      if (link.kind === 'company' && plan.pairWith !== null) wakePeopleOfLinked(memory, rows, ids, run);
      if (plan.situation === 'ignored') wakeForRetry(memory, rows, changed.number);
      if (plan.steps.length === 0) {
        if (view.intent === null) rows.plans.delete(changed.number);
        return nothing;
      }
      const planId = storePlan(memory, rows, run, effective, changed);
      if (changed.number !== link.number) {
        handOver(memory, rows, link.number, changed.number, true);
        return nothing;
      }
      return { planId, steps: plan.steps.map((step) => ({ side: step.side, action: step.action })) };
    },
  });
}

/** Null when the link moved since the decision, or its counterpart was linked or is being written. */
function toChange(
  rows: SiteRows,
  { view: { link }, plan }: Decision,
): { readonly own: Link; readonly other: Link | null } | null {
  const own = rows.links.get(link.number)?.link;
  if (own?.version !== link.version || own.phase === 'merged') return null;
  const wanted =
    plan.moveTo !== null
      ? { side: 'desk' as const, id: plan.moveTo }
      : plan.pairWith !== null
        ? { side: pairedSide(link.ids), id: plan.pairWith }
        : null;
  if (wanted === null) return { own, other: null };
  const other = linkHolding(rows, link.kind, wanted);
  if (other === null) return { own, other: null };
  return other.phase !== 'lone' || openIntentOf(rows, other.number) !== null ? null : { own, other };
}

/** R22: the link is a tombstone for good; what it says never changes. */
export function breakLink(
  memory: Memory,
  rows: SiteRows,
  link: Link,
  story: NonNullable<Decision['plan']['breakAs']>,
  run: string | null,
): void {
  const { reason, side, causeLink } = story;
  const tombstone = { ...story, at: memory.now() };
  changeLink(rows, link.number, { phase: 'broken', status: 'broken', reason, notes: [], tombstone });
  rows.plans.delete(link.number);
  rows.questions.delete(link.number);
  const detail = { reason, causeLink, ...link.ids };
  journal(memory, rows, [{ link: link.number, event: 'broken', side, run, detail }]);
  wakeRivals(memory, rows, link, run);
  wakeAlike(memory, rows, link, run);
  if (link.kind !== 'company') return;
  wakePeopleOfBroken(memory, rows, link.ids);
  wakePeopleWaitingFor(memory, rows, link.ids.teamwork);
}
