/** A person who has no counterpart yet (R1, R6, R7, R9, R14, R16). */
import { isBlank, isEmail } from './canonical';
import type { Reason } from './link';
import { isRestored, loneRecord, matchOf, planCreate, planMatched, planVanished } from './plan-lone';
import { about, aboutCompany, nothingToDo } from './plan-shapes';
import type { Because, LinkView, ParentView, Plan, RecordView } from './plan';
import { otherSide } from './record';

export function planLoneCustomer(view: LinkView): Plan {
  const record = loneRecord(view);
  if (record === null)
    return nothingToDo('absent_not_wanted', 'excluded', 'no_company', [about(view, 'no_company')]);
  if (record.presence !== 'present') return planVanished(view, record);
  const outside = outOfScope(view, record);
  if (outside !== null) return excluded(view, record, outside);

  const parent = view.parents[record.side];
  const match = matchOf(view, record);
  if (parent?.link?.phase !== 'active') return planOutsideLinkedCompany(view, record, parent);
  const unwanted = record.side === 'desk' ? notCreatedAsContact(view, record, parent.link) : null;
  if (match.verdict === 'taken' && unwanted !== null) return excluded(view, record, unwanted);
  if (match.verdict !== 'none') return planMatched(view, record, match);
  const missing = missingEssential(record);
  if (missing !== null) {
    return nothingToDo('essential_missing', 'excluded', missing, [about(view, missing, record.side)]);
  }
  if (view.policy.adoptOnly) return excluded(view, record, 'vendor_sync_running');
  if (unwanted !== null) return excluded(view, record, unwanted);
  return planCreate(view, record, parent.link.ids[otherSide(record.side)]);
}

/** R1: the owner company's people, by company in Teamwork.com, by email in Desk. */
function outOfScope(view: LinkView, record: RecordView): Reason | null {
  if (record.scope === 'service') return 'service_account';
  if (record.scope !== 'client' || view.staffHasEmail) return 'owner_company_person';
  return null;
}

/** The company is none, stands alone, is broken or still to be linked (R6, R16). */
function planOutsideLinkedCompany(view: LinkView, record: RecordView, parent: ParentView | null): Plan {
  if (record.side === 'desk') {
    if (parent === null) return joinsByEmail(view, record) ?? excluded(view, record, 'no_company');
    return excluded(
      view,
      record,
      parent.link?.phase === 'broken' ? 'company_broken' : 'company_not_linked',
      parent,
    );
  }
  if (parent === null) return excluded(view, record, 'no_company');
  if (parent.link?.phase === 'broken') return excluded(view, record, 'company_broken', parent);
  const reason = parent.link?.status === 'failing' ? 'company_failing' : 'company_not_yet_linked';
  return nothingToDo('parent_to_be_linked', 'waiting', reason, [
    about(view, reason, record.side),
    aboutCompany(reason, record.side, parent),
  ]);
}

/** R6: a customer without a company whose email is that of a linked client's person joins that company. */
function joinsByEmail(view: LinkView, record: RecordView): Plan | null {
  const match = matchOf(view, record);
  if (match.verdict !== 'one') return null;
  const person = view.group.teamwork.find((candidate) => candidate.id === match.id);
  return person === undefined || person.companyLink === null ? null : planMatched(view, record, match);
}

export function missingEssential(record: RecordView): Reason | null {
  const { firstName = '', lastName = '', email = '' } = record.fields;
  if (isBlank(firstName)) return 'missing_first_name';
  if (isBlank(lastName)) return 'missing_last_name';
  if (isBlank(email)) return 'missing_email';
  return isEmail(String(email)) ? null : 'malformed_email';
}

/** R7: who may become a contact in Teamwork.com. R5: asking brings those who were there at that moment. */
function notCreatedAsContact(
  view: LinkView,
  record: RecordView,
  company: NonNullable<ParentView['link']>,
): Reason | null {
  if (view.link.asked === 'yes' || isRestored(view)) return null;
  const cameAt = record.changedAt.company ?? record.createdAt;
  const earlier = company.activeSince !== null && (cameAt === null || cameAt < company.activeSince);
  if (earlier) return company.asked === 'yes' ? null : 'earlier_customer';
  const { automaticallyCreateContacts, automaticSince } = view.policy;
  const before = automaticSince !== null && (cameAt === null || cameAt < automaticSince);
  return automaticallyCreateContacts && !before ? null : 'automatic_creation_off';
}

function excluded(
  view: LinkView,
  record: RecordView,
  reason: Reason,
  parent: ParentView | null = null,
): Plan {
  const because: Because[] = [about(view, reason, record.side)];
  if (parent !== null) because.push(aboutCompany(reason, record.side, parent));
  return nothingToDo('absent_not_wanted', 'excluded', reason, because);
}
