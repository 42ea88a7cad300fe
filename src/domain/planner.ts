/**
 * The table of situations (RULES.md): given everything known of one link, what happens.
 * Pure and complete: every link and lone record gets exactly one plan.
 */
import { planAsPair } from './plan-as-pair';
import { planLoneCompany } from './plan-lone-company';
import { planLoneCustomer } from './plan-lone-customer';
import { planPair } from './plan-pair';
import { about, nothingToDo } from './plan-shapes';
import type { LinkView, Plan } from './plan';

export function planLink(view: LinkView): Plan {
  const { link, intent } = view;
  if (link.phase === 'broken' || link.phase === 'merged') {
    const reason = link.tombstone?.reason ?? 'unlinked_by_operator';
    return nothingToDo('dead', 'broken', reason, [about(view, reason, link.tombstone?.side ?? null)]);
  }
  if (link.paused) {
    return nothingToDo('agreed', 'paused', 'paused_by_operator', [about(view, 'paused_by_operator')]);
  }
  if (intent !== null) {
    return nothingToDo('outcome_unknown', 'pending', 'settling', [about(view, 'settling', intent.side)]);
  }
  if (link.phase === 'active') return planPair(view);
  const plan = link.kind === 'company' ? planLoneCompany(view) : planLoneCustomer(view);
  return plan.pairWith === null ? plan : planAsPair(view, plan);
}
