/** A company that has no counterpart yet (R1, R4, R5, R14). */
import { isBlank } from './canonical';
import { companyNameKey } from './company-name';
import { withDeskBox } from './desk-box';
import {
  askedOf,
  isHeldApart,
  isRestored,
  loneRecord,
  matchOf,
  planCreate,
  planMatched,
  planVanished,
} from './plan-lone';
import type { MatchRecord } from './match';
import { about, nothingToDo } from './plan-shapes';
import type { LinkView, Plan, RecordView } from './plan';

export function planLoneCompany(view: LinkView): Plan {
  const record = loneRecord(view);
  if (record === null)
    return nothingToDo('absent_not_wanted', 'excluded', 'not_asked', [about(view, 'not_asked')]);
  if (record.presence !== 'present') return planVanished(view, record);
  if (record.scope !== 'client') {
    return nothingToDo('absent_not_wanted', 'excluded', 'owner_company', [
      about(view, 'owner_company', record.side),
    ]);
  }

  const match = matchOf(view, record);
  if (match.verdict === 'one' && match.by !== 'answer' && isUnchecked(view, record, match.id)) {
    return {
      ...nothingToDo('ambiguous', 'question', 'unchecked', [about(view, 'unchecked', record.side)]),
      candidates: [match.id],
    };
  }
  const wanted = record.side === 'teamwork' || view.link.asked === 'yes' || isRestored(view);
  if (match.verdict === 'taken' && !wanted) return standingAlone(view);
  // R22: made in Desk, it waits to be asked for, whatever remained of a broken link.
  if (match.verdict === 'one' && !wanted && isHeldApart(view, record, match)) return standingAlone(view);
  if (match.verdict !== 'none') return withDeskBox(view, record, planMatched(view, record, match));
  if (!wanted) return standingAlone(view);
  if (view.policy.adoptOnly) {
    return nothingToDo('absent_not_wanted', 'excluded', 'vendor_sync_running', [
      about(view, 'vendor_sync_running', record.side),
    ]);
  }
  if (isBlank(record.fields.name ?? '')) {
    return nothingToDo('essential_missing', 'excluded', 'missing_name', [
      about(view, 'missing_name', record.side),
    ]);
  }
  const namesake = heldNamesake(view, record);
  if (namesake !== null) return planMatched(view, record, { verdict: 'taken', ...namesake });
  return planCreate(view, record, null);
}

/**
 * R5: a client of that name is not doubled, and what one name is R14 says: the legal form does not count, although the
 * vendors would take a second one. Whom an operator told apart from it is another company.
 */
function heldNamesake({ link, group }: LinkView, record: RecordView): MatchRecord | null {
  if (link.asked !== 'yes' || record.side !== 'desk') return null;
  const nameKey = companyNameKey(String(record.fields.name));
  const isApart = (id: string) =>
    group.answers.some(
      ({ desk, teamwork, verdict }) => desk === record.id && teamwork === id && verdict !== 'perhaps',
    );
  const namesakes = group.teamwork.filter(({ id, name }) => companyNameKey(name) === nameKey && !isApart(id));
  return (
    namesakes.find(({ heldBy }) => heldBy !== null) ?? namesakes.find(({ outOfScope }) => outOfScope) ?? null
  );
}

/** R5: the box was left unchecked of the Desk company of the two, whichever of them is decided first. */
function isUnchecked(view: LinkView, record: RecordView, counterpart: string): boolean {
  const asked = record.side === 'desk' ? view.link.asked : askedOf(view, 'desk', counterpart);
  return asked === 'unchecked';
}

/** R5: a company made in Desk stays alone until somebody asks. */
function standingAlone(view: LinkView): Plan {
  const reason = view.link.asked === 'unchecked' ? 'unchecked' : 'not_asked';
  return nothingToDo('absent_not_wanted', 'excluded', reason, [about(view, reason, 'desk')]);
}
