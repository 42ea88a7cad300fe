/**
 * The table of situations (RULES.md): given everything known of one link, what happens.
 * Pure and complete: every link and lone record gets exactly one plan.
 */
import { planAsPair } from './plan-as-pair';
import { planLoneCompany } from './plan-lone-company';
import { planLoneCustomer } from './plan-lone-customer';
import { planPair } from './plan-pair';
import { about, nothingToDo } from './plan-shapes';
import { unlessIgnored } from './retries';
import type { Because, LinkView, Plan, RecordView } from './plan';
import { sides } from './record';

export function planLink(view: LinkView): Plan {
  const plan = planFor(view);
  return view.policy.adoptOnly && plan.steps.length > 0 ? onlyAdopting(view, plan) : plan;
}

/** R33: pairs are linked, and nothing is written until an operator says which of the two syncs runs. */
function onlyAdopting(view: LinkView, plan: Plan): Plan {
  const because = [about(view, 'vendor_sync_running')];
  return { ...plan, status: 'held', reason: 'vendor_sync_running', because, steps: [], losers: [] };
}

function planFor(view: LinkView): Plan {
  const { link, intent } = view;
  if (link.phase === 'broken' || link.phase === 'merged') {
    const reason = link.tombstone?.reason ?? 'unlinked_by_operator';
    return nothingToDo('dead', 'broken', reason, [
      about(view, reason, link.tombstone?.side ?? null),
      ...backFromTrash(view),
    ]);
  }
  if (link.paused) {
    return nothingToDo('agreed', 'paused', 'paused_by_operator', [about(view, 'paused_by_operator')]);
  }
  if (intent !== null) {
    const plan = nothingToDo('outcome_unknown', 'pending', 'settling', [
      about(view, 'settling', intent.side),
    ]);
    // What was left out of the write (R8, R9, R27) stays told when it turns out to have been done.
    return { ...plan, notes: link.notes };
  }
  if (link.phase === 'active') return unlessIgnored(view, planPair(view));
  return planAsPair(view, link.kind === 'company' ? planLoneCompany(view) : planLoneCustomer(view));
}

/** R22: what was deleted is there again under its old id; it is shown, and joined by nobody but an operator. */
function backFromTrash(view: LinkView): Because[] {
  const { tombstone } = view.link;
  if (tombstone?.reason.startsWith('deleted_') !== true) return [];
  const { side: of } = tombstone;
  return sides
    .filter((side) => (of === null || of === side) && isPresent(view.records[side]))
    .map((side) => about(view, 'back_from_trash', side));
}

function isPresent(record: RecordView | null): boolean {
  return record?.presence === 'present' && !record.deleted;
}
