/** Which changes of a decision count towards a mass change, and what becomes of a decision that is held (R26). */
import { canonicalEmails } from './canonical';
import { replacesValue, type MassChange } from './guard';
import type { LinkView, Plan, Step } from './plan';
import { isRestored } from './plan-lone';
import { about, nothingToDo } from './plan-shapes';
import type { Field, FieldValue } from './record';

export interface GuardedChange {
  readonly change: MassChange;
  /** Null unless it is a `field_change`. */
  readonly field: Field | null;
  /** What exactly is to happen: an approval holds for this and nothing else. */
  readonly exactly: readonly (string | FieldValue | null)[];
}

interface Decided {
  readonly view: LinkView;
  readonly plan: Plan;
}

/** What of a decision a run has announced. */
export interface Announced {
  readonly creates: boolean;
  readonly firstMatches: boolean;
}

export const announcedByNobody: Announced = { creates: false, firstMatches: false };
export const announcedByItsRun: Announced = { creates: true, firstMatches: true };
/** While an InitialSync is under way, a pair that somebody's edit lets match before it gets there is one of its own. */
export const besideInitialSync: Announced = { creates: false, firstMatches: true };

/**
 * A run announces its creates and first matches, a box or an operator those who were there when they asked (R5): none of
 * these count. Neither do the people whom their company's deletion took.
 */
export function guardedChanges(decision: Decided, announced: Announced): readonly GuardedChange[] {
  const { view, plan } = decision;
  if (plan.breakAs !== null) {
    const { causeLink, reason, side } = plan.breakAs;
    return causeLink === null ? [{ change: 'break', field: null, exactly: [reason, side] }] : [];
  }
  return oncePerField(
    plan.steps.flatMap((step) =>
      step.action === 'create'
        ? creation(decision, step, announced.creates)
        : fieldChanges(view, step, announced.firstMatches),
    ),
  );
}

/** A field that both sides are to have anew is one change of one record, and an approval holds for both its values. */
function oncePerField(changes: readonly GuardedChange[]): readonly GuardedChange[] {
  const once = new Map<string, GuardedChange>();
  for (const { change, field, exactly } of changes) {
    const key = field ?? change;
    once.set(key, { change, field, exactly: [...(once.get(key)?.exactly ?? []), ...exactly] });
  }
  return [...once.values()];
}

function creation({ view }: Decided, step: Step, isAnnounced: boolean): readonly GuardedChange[] {
  if (isAnnounced || view.link.kind !== 'customer' || step.side !== 'teamwork' || isAskedFor(view)) return [];
  return [{ change: 'contact_creation', field: null, exactly: [view.link.ids.desk] }];
}

/** R5, R22: asked for or restored by itself, or there already when its company was asked for. */
function isAskedFor(view: LinkView): boolean {
  const { link, records, parents } = view;
  if (link.asked === 'yes' || isRestored(view)) return true;
  const company = parents.desk?.link;
  if (company?.asked !== 'yes' || company.activeSince === null) return false;
  const cameAt = records.desk?.changedAt.company ?? records.desk?.createdAt ?? null;
  return cameAt === null || cameAt < company.activeSince;
}

function fieldChanges(
  view: LinkView,
  { side, values }: Step,
  firstMatchesAnnounced: boolean,
): readonly GuardedChange[] {
  const { link, records, counterparts } = view;
  const target = records[side] ?? counterparts.find((record) => record.side === side);
  return Object.entries(values).flatMap(([name, after]): GuardedChange[] => {
    const field = name as Field;
    if (firstMatchesAnnounced && link.bases[side][field] === undefined) return [];
    if (!takesAway(field, target?.fields[field], after)) return [];
    return [{ change: 'field_change', field, exactly: [side, after] }];
  });
}

/** Another email beside those that are there takes nothing away. */
function takesAway(field: Field, before: FieldValue | undefined, after: FieldValue): boolean {
  if (field !== 'alternativeEmails') return replacesValue(field, before, after);
  const kept = new Set(canonicalEmails([after].flat()));
  return canonicalEmails([before ?? []].flat()).some((email) => !kept.has(email));
}

/** Whether it is the last word on what is known, and not a step to it: something is to be read before. */
export function isSettled({ readAgain, companyFirst }: Plan): boolean {
  return readAgain.length === 0 && companyFirst === null;
}

/** Nothing of it is done; what both sides agree on anyway is kept. */
export function heldPlan(view: LinkView, plan: Plan, reason: 'mass_change' | 'mass_change_rejected'): Plan {
  return {
    ...nothingToDo(plan.situation, 'held', reason, [about(view, reason)]),
    agreed: plan.pairWith === null ? plan.agreed : { teamwork: {}, desk: {} },
    notes: plan.notes,
  };
}
