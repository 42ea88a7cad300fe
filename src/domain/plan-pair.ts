/** An active link: agreed, changed, suspended or gone (R10–R13, R18–R25). */
import { mergeFields } from './merge';
import { planGone } from './plan-gone';
import { about, nothingToDo } from './plan-shapes';
import type { LinkView, Plan, RecordView, Step } from './plan';
import { otherSide, sides, type Fields, type Side } from './record';
import { isBlankedByDeletion, suspension } from './suspension';

export function planPair(view: LinkView): Plan {
  const { teamwork, desk } = view.records;
  if (teamwork === null || desk === null) {
    return readAgain(
      view,
      sides.filter((side) => view.records[side] === null),
    );
  }
  const records = { teamwork, desk };
  // Even beside one that is gone: while the break is held, nobody else would read it, and it kept its email from others.
  const missing = sides.filter((side) => records[side].presence === 'missing');
  if (missing.length > 0) return readAgain(view, missing);
  const gone = sides.filter((side) => records[side].presence === 'gone');
  if (gone.length > 0) return planGone(view, gone, records);
  // The vendor answered our write that there is no such record: a sign (R23), on whichever side it was.
  if (view.link.status === 'failing' && view.link.reason === 'gone_to_be_confirmed')
    return readAgain(view, sides);

  return suspension(view, teamwork, desk) ?? planMerge(view, records);
}

/** R23: a sign is a sign only; a direct read decides. */
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

function planMerge(view: LinkView, records: Readonly<Record<Side, RecordView>>): Plan {
  const { link, policy } = view;
  const merge = mergeFields({
    kind: link.kind,
    fields: ofBoth((side) => records[side].fields),
    bases: sides.some((side) => isBlankedByDeletion(view, side))
      ? ofBoth((side) => withoutCompany(link.bases[side]))
      : link.bases,
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

function withoutCompany({ company: _, ...others }: Fields): Fields {
  return others;
}
