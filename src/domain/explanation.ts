/** Why a link is where it is, now: the status that the rules give it, the chain of facts, the one action (R31). */
import { actionOf, actionOnNotes, program } from './action';
import { statuses, type FieldNote, type Reason, type Status } from './link';
import type { Because, LinkView, Plan } from './plan';
import { planLink } from './planner';
import type { Kind, Origin } from './record';

export interface Explanation {
  readonly status: Status;
  readonly reason: Reason;
  readonly because: readonly Because[];
  readonly action: string | null;
  readonly notes: readonly FieldNote[];
  /** Where a Desk customer came from; null for everything else. */
  readonly origin: Origin | null;
}

/** What holds a whole site back, whatever its links say. */
export interface SiteStand {
  readonly frozen: string | null;
  readonly paused: { readonly site: boolean; readonly kinds: readonly Kind[] };
}

export function explainLink(view: LinkView, stand: SiteStand): Explanation {
  const plan = planLink(view);
  const { status, reason, because } = held(view, stand, plan);
  const desk = view.records.desk;
  const notes = plan.notes.length > 0 ? plan.notes : view.link.notes;
  return {
    status,
    reason,
    because:
      because.length > 0
        ? because
        : [{ reason, kind: view.link.kind, link: view.link.number, side: null, id: null }],
    action: actionFor(view, stand, { status, reason, because }, notes),
    notes,
    origin: desk !== null && desk.kind === 'customer' ? desk.origin : null,
  };
}

type Standing = Pick<Plan, 'because'> & { readonly status: Status; readonly reason: Reason };

function actionFor(
  { link, hold }: LinkView,
  { frozen, paused }: SiteStand,
  { status, reason, because }: Standing,
  notes: readonly FieldNote[],
): string | null {
  if (frozen !== null && status !== 'broken') return `${program} connect`;
  if (status === 'paused' && paused.site) return `${program} resume`;
  if (status === 'paused' && paused.kinds.includes(link.kind)) return `${program} resume ${link.kind}`;
  if (status === 'held' && hold !== null) return `${program} approve ${hold}`;
  return actionOf(because, reason, link) ?? actionOnNotes(notes, link);
}

/** What an operator or an earlier refusal says comes before what the records alone would lead to, by R31's precedence. */
function held(view: LinkView, { paused }: SiteStand, plan: Plan): Standing {
  const { link } = view;
  // A break that is held was not done: the plan alone would say that it was (R26).
  const isHeld = link.status === 'held' && plan.breakAs !== null;
  const candidates: Standing[] = isHeld ? [] : [plan];
  if (paused.site || paused.kinds.includes(link.kind))
    candidates.push({ status: 'paused', reason: 'paused_by_operator', because: [] });
  if (isToldElsewhere(link) && link.reason !== null && (isHeld || plan.status === 'pending')) {
    candidates.push({ status: link.status, reason: link.reason, because: [] });
  }
  return candidates.reduce<Standing>(
    (first, next) => (statuses.indexOf(next.status) < statuses.indexOf(first.status) ? next : first),
    candidates[0] ?? plan,
  );
}

/** Found where the decision was carried out; about a pair, that is where questions are found, too. */
function isToldElsewhere({ status, phase }: LinkView['link']): boolean {
  return status === 'failing' || status === 'held' || (status === 'question' && phase === 'active');
}
