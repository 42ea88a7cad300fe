/** An active link: agreed, changed, suspended or gone (R10–R13, R18–R25). */
import { mergeFields } from './merge';
import { about, aboutOther, nothingToDo } from './plan-shapes';
import type { Reason } from './link';
import type { LinkView, ParentView, Plan, RecordView, Step } from './plan';
import { otherSide, sides, type Side } from './record';

export function planPair(view: LinkView): Plan {
  const unread = sides.filter((side) => view.records[side] === null);
  if (unread.length > 0) return readAgain(view, unread);
  const { teamwork, desk } = view.records;
  if (teamwork === null || desk === null) return readAgain(view, unread);

  const gone = sides.filter((side) => view.records[side]?.presence === 'gone');
  if (gone.length > 0) return planGone(view, gone);
  const missing = sides.filter((side) => view.records[side]?.presence === 'missing');
  if (missing.length > 0) return readAgain(view, missing);

  return suspension(view, teamwork, desk) ?? planMerge(view, { teamwork, desk });
}

/** R23: absence from a listing is a sign only; a direct read decides. */
function readAgain(view: LinkView, which: readonly Side[]): Plan {
  return {
    ...nothingToDo(
      'gone_to_be_confirmed',
      'pending',
      'gone_to_be_confirmed',
      which.map((side) => about(view, 'gone_to_be_confirmed', side)),
    ),
    readAgain: which,
  };
}

/** R18–R21: a deletion breaks the link; the other side's record stays as it is. */
function planGone(view: LinkView, gone: readonly Side[]): Plan {
  const [side] = gone;
  const both = gone.length === sides.length;
  const reason: Reason = both
    ? 'deleted_on_both'
    : side === 'desk'
      ? 'deleted_in_desk'
      : 'deleted_in_teamwork';
  const parent = side === undefined ? null : view.parents[side];
  const withCompany = parent?.link?.phase === 'broken' ? parent.link.number : null;
  return {
    ...nothingToDo(both ? 'gone_on_both' : 'gone', 'broken', reason, [
      about(view, reason, both ? null : (side ?? null)),
    ]),
    breakAs: { reason, side: both ? null : (side ?? null), causeLink: withCompany },
  };
}

/** R1, R25: the link rests, nothing is rewritten, until both sides are again in companies linked to each other. */
function suspension(view: LinkView, teamwork: RecordView, desk: RecordView): Plan | null {
  const suspended = (reason: Reason, side: Side, parent: ParentView | null = null): Plan =>
    nothingToDo('parent_not_linked', 'suspended', reason, [
      about(view, reason, side),
      ...(parent === null
        ? []
        : [aboutOther(reason, 'company', { link: parent.link?.number ?? null, side, id: parent.id })]),
    ]);

  if (teamwork.scope !== 'client') {
    const reason = view.link.kind === 'company' ? 'owner_company' : outside(teamwork);
    return suspended(reason, 'teamwork');
  }
  if (desk.scope !== 'client') return suspended(outside(desk), 'desk');
  if (view.link.kind === 'company') return null;

  for (const side of sides) {
    const record = view.records[side];
    if (record?.fields.company === undefined) continue;
    const parent = view.parents[side];
    // R6: one who was just matched by email and stands in no company joins the other side's.
    if (parent === null && view.link.bases[side].company === undefined) continue;
    if (parent === null) return suspended('no_company', side);
    if (parent.scope !== 'client') return suspended('owner_company_person', side, parent);
    if (parent.link?.phase === 'broken') return suspended('company_broken', side, parent);
    if (parent.link?.phase !== 'active') return suspended('company_not_linked', side, parent);
  }
  return null;
}

function outside(record: RecordView): Reason {
  return record.scope === 'service' ? 'service_account' : 'owner_company_person';
}

function planMerge(view: LinkView, records: Readonly<Record<Side, RecordView>>): Plan {
  const { link, policy } = view;
  const merge = mergeFields({
    kind: link.kind,
    fields: ofBoth((side) => records[side].fields),
    bases: link.bases,
    companyAcross: ofBoth((side) => view.parents[side]?.link?.ids[otherSide(side)] ?? null),
    changedAt: ofBoth((side) => records[side].changedAt),
    createdAt: ofBoth((side) => records[side].createdAt),
    policy: policy.conflict,
    askedFor: link.asked === 'yes',
    signsIn: records.teamwork.signsIn,
    choices: link.choices,
    emailsOfOthers: new Set(view.emailsOfOthers),
  });
  const steps = sides
    .map((side): Step => ({
      side,
      action: 'update',
      values: merge.writes[side],
      sourceBase: merge.sourceBases[side],
    }))
    .filter((step) => Object.keys(step.values).length > 0);
  const shape =
    steps.length === 0
      ? nothingToDo('agreed', 'in_sync', 'agreed')
      : nothingToDo(
          steps.length === 1 ? 'changed_on_one_side' : 'changed_on_both',
          'pending',
          'changes_to_write',
          [about(view, 'changes_to_write')],
        );
  return { ...shape, steps, agreed: merge.agreed, notes: merge.notes, losers: merge.losers };
}

function ofBoth<T>(of: (side: Side) => T): Readonly<Record<Side, T>> {
  return { teamwork: of('teamwork'), desk: of('desk') };
}
