/** The few shapes that a plan takes, so that a rule reads as one line. */
import type { Reason, Status } from './link';
import type { Because, LinkView, ParentView, Plan, Situation } from './plan';
import type { Kind, Side } from './record';

export function nothingToDo(
  situation: Situation,
  status: Status,
  reason: Reason,
  because: readonly Because[] = [],
): Plan {
  return {
    situation,
    status,
    reason,
    because,
    steps: [],
    agreed: { teamwork: {}, desk: {} },
    notes: [],
    losers: [],
    pairWith: null,
    askedByBox: false,
    breakAs: null,
    moveTo: null,
    companyFirst: null,
    candidates: [],
    readAgain: [],
  };
}

/** The fact about this link's own record or pair. */
export function about(view: LinkView, reason: Reason, side: Side | null = null): Because {
  return {
    reason,
    kind: view.link.kind,
    link: view.link.number,
    side,
    id: side === null ? null : view.link.ids[side],
  };
}

/** The fact about another record that this link's fate hangs on. */
export function aboutOther(
  reason: Reason,
  kind: Kind,
  other: { readonly link: number | null; readonly side: Side | null; readonly id: string | null },
): Because {
  return { reason, kind, ...other };
}

/** The fact about the company that a person stands in: where its link is broken, why it is. */
export function aboutCompany(reason: Reason, side: Side, { id, link }: ParentView): Because {
  const why = link?.phase === 'broken' ? (link.reason ?? reason) : reason;
  return aboutOther(why, 'company', { link: link?.number ?? null, side, id });
}
