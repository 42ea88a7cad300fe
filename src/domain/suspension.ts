/** When the link of a pair rests (R1, R25): derived, nothing is rewritten, and it goes on by itself. */
import { isBlank } from './canonical';
import type { Reason } from './link';
import { isReadSince } from './plan-gone';
import { about, aboutCompany, nothingToDo } from './plan-shapes';
import type { LinkView, ParentView, Plan, RecordView } from './plan';
import { otherSide, type Side } from './record';

/** Null when both sides are in companies linked to each other, as far as that can be told. */
export function suspension(view: LinkView, teamwork: RecordView, desk: RecordView): Plan | null {
  if (teamwork.scope !== 'client') {
    const reason = view.link.kind === 'company' ? 'owner_company' : outside(teamwork);
    return suspended(view, reason, 'teamwork');
  }
  if (desk.scope !== 'client') return suspended(view, outside(desk), 'desk');
  if (view.link.kind === 'company') return null;
  if (view.staffHasEmail) return suspended(view, 'owner_company_person', 'desk');
  return outsideCompanies(view, teamwork) ?? outsideCompanies(view, desk);
}

function outsideCompanies(view: LinkView, record: RecordView): Plan | null {
  const { side } = record;
  if (record.fields.company === undefined) return null;
  const parent = view.parents[side];
  if (parent === null) {
    // R6: one who was just matched by email and stands in no company joins the other side's.
    if (view.link.bases[side].company === undefined || isBlankedByDeletion(view, side)) return null;
    return { ...suspended(view, 'no_company', side), companyFirst: lostCompany(view, record, side) };
  }
  if (parent.scope !== 'client') return suspended(view, 'owner_company_person', side, parent);
  if (parent.link?.phase === 'broken') return suspended(view, 'company_broken', side, parent);
  if (parent.link?.phase !== 'active') return suspended(view, 'company_not_linked', side, parent);
  return null;
}

/** R25: a company that many lose at once may be gone itself; it is read before more is made of it. */
function lostCompany(view: LinkView, record: RecordView, side: Side): Plan['companyFirst'] {
  const company = view.former[side];
  if (company?.link?.phase !== 'active' || isReadSince(company, record)) return null;
  return { link: company.link.number, side, read: company.presence !== 'gone' };
}

/**
 * R25: the person did not leave the company, its deletion took it away; once the other side's company is linked again
 * (restored or relinked), the blank is no edit.
 */
export function isBlankedByDeletion(view: LinkView, side: Side): boolean {
  const company = view.records[side]?.fields.company;
  if (company === undefined || !isBlank(company) || view.former[side]?.presence !== 'gone') return false;
  return view.parents[otherSide(side)]?.link?.phase === 'active';
}

function suspended(view: LinkView, reason: Reason, side: Side, parent: ParentView | null = null): Plan {
  return nothingToDo('parent_not_linked', 'suspended', reason, [
    about(view, reason, side),
    ...(parent === null ? [] : [aboutCompany(reason, side, parent)]),
  ]);
}

function outside(record: RecordView): Reason {
  return record.scope === 'service' ? 'service_account' : 'owner_company_person';
}
