/** What holds for every lone record, company or customer: how a match is taken, and what a create sends. */
import {
  matchCompanies,
  matchCustomers,
  type Answer,
  type Match,
  type MatchRecord,
  type MatchResult,
  type Signal,
} from './match';
import { mergeFields } from './merge';
import { about, aboutOther, nothingToDo } from './plan-shapes';
import type { LinkView, Plan, RecordView } from './plan';
import { otherSide, type Fields, type Side } from './record';

/** The side and record of a link that has only one; null when both or neither are there. */
export function loneRecord(view: LinkView): RecordView | null {
  const { teamwork, desk } = view.records;
  if (teamwork !== null && desk !== null) return null;
  return teamwork ?? desk;
}

/** What was asked of a record of the group, while it stands alone (R5). */
export function askedOf({ group }: LinkView, side: Side, id: string): MatchRecord['asked'] {
  return group[side].find((record) => record.id === id)?.asked ?? null;
}

/** A link that an operator restores has lost its counterpart and wants it made again (R22). */
export function isRestored({ link }: LinkView): boolean {
  return link.incarnation > 1;
}

export function matchOf(view: LinkView, record: RecordView): Match {
  const all: MatchResult =
    record.kind === 'company' ? matchCompanies(view.group) : matchCustomers(view.group);
  return all[record.side].get(record.id) ?? { verdict: 'none' };
}

/**
 * R23: the match that a listing lacks is read directly before anything is linked to it. Gone, it never was a counterpart:
 * linked to it, who is there would have a tombstone instead of a counterpart made.
 */
export function missingMatch(view: LinkView): RecordView | null {
  const record = loneRecord(view);
  return record === null ? null : missingIn(view, matchOf(view, record));
}

function missingIn({ counterparts }: LinkView, match: Match): RecordView | null {
  if (match.verdict !== 'one') return null;
  const isMissing = ({ presence, deleted }: RecordView) =>
    presence === 'missing' || (presence === 'present' && deleted);
  return counterparts.find((one) => one.id === match.id && isMissing(one)) ?? null;
}

/**
 * A record that is no longer there on the only side it was on: nothing is left to sync (R23 needs no control read, no link
 * breaks), unless another is, or perhaps is, its counterpart.
 */
export function planVanished(view: LinkView, record: RecordView): Plan {
  const counterpart = answeredCounterpart(view, record);
  if (counterpart !== null) {
    return { ...readDirectly(record), pairWith: record.presence === 'gone' ? counterpart : null };
  }
  const reason = record.side === 'teamwork' ? 'deleted_in_teamwork' : 'deleted_in_desk';
  return nothingToDo('absent_not_wanted', 'excluded', reason, [about(view, reason, record.side)]);
}

/** Whom an operator called the same (R14); else the only one that a create from it, whose answer was lost, may have made (R15). */
function answeredCounterpart({ group }: LinkView, { side, id }: RecordView): string | null {
  const other = otherSide(side);
  const isFree = (counterpart: string) =>
    group[other].some(
      (record) =>
        record.id === counterpart &&
        record.heldBy === null &&
        record.tombstone === null &&
        !record.outOfScope,
    );
  const answered = (verdict: Answer['verdict']) =>
    group.answers.filter(
      (answer) => answer.verdict === verdict && answer[side] === id && isFree(answer[other]),
    );
  const [same] = answered('same');
  const [perhaps, ...more] = answered('perhaps');
  const found = same ?? (more.length === 0 ? perhaps : undefined);
  return found?.[other] ?? null;
}

/** Plans for every match but `none`, which is the caller's to decide. */
export function planMatched(
  view: LinkView,
  record: RecordView,
  match: Exclude<Match, { verdict: 'none' }>,
): Plan {
  const other = otherSide(record.side);
  switch (match.verdict) {
    case 'one': {
      if (isHeldApart(view, record, match)) return askAfterBreak(view, record, match.id);
      const missing = missingIn(view, match);
      if (missing !== null) return readDirectly(missing);
      return {
        ...nothingToDo('found', 'pending', 'changes_to_write', [
          about(view, 'changes_to_write', record.side),
        ]),
        pairWith: match.id,
      };
    }
    case 'question':
      return {
        ...nothingToDo('ambiguous', 'question', match.reason, [
          about(view, match.reason, record.side),
          ...match.candidates.map((id) =>
            aboutOther(match.reason, record.kind, { link: null, side: other, id }),
          ),
        ]),
        candidates: match.candidates,
      };
    case 'taken':
      return nothingToDo('taken', 'failing', 'taken', [
        about(view, 'taken', record.side),
        aboutOther(match.outOfScope ? 'owner_company' : 'taken', record.kind, {
          link: match.heldBy,
          side: other,
          id: match.id,
        }),
      ]);
  }
}

/**
 * R22: what remained of a broken link is joined by itself only by a person made, and met by the mirror, after the break; or
 * since its counterpart was last seen alive, if met as that person. R5: never by a company, unless somebody asked for it.
 */
export function isHeldApart(
  view: LinkView,
  record: RecordView,
  match: Extract<Match, { verdict: 'one' }>,
): boolean {
  const other = view.group[otherSide(record.side)].find(({ id }) => id === match.id);
  const tombstone = other?.tombstone ?? null;
  if (tombstone === null || match.by === 'answer') return false;
  if (record.kind === 'company') return record.side === 'teamwork' || view.link.asked !== 'yes';
  if (isThereBefore(record, tombstone.since)) return true;
  return isThereBefore(record, tombstone.brokenAt) && wasAnother(record, match.by);
}

/** The mirror may meet a record only after the deletion that it was there before; vendors tell whole seconds. */
function isThereBefore({ firstSeenAt, createdAt }: RecordView, moment: string): boolean {
  return firstSeenAt <= moment || (createdAt !== null && Date.parse(createdAt) + 1_000 <= Date.parse(moment));
}

/**
 * Emails are unique, so who was met with the counterpart's was made when that one had it no more. Who was given it later
 * may have stood beside it.
 */
function wasAnother({ changedAt }: RecordView, by: Signal): boolean {
  const times = Object.values(changedAt);
  const emails = by === 'email' ? [changedAt.email] : [changedAt.email, changedAt.alternativeEmails];
  return emails.some((given) => given !== undefined && times.some((time) => time < given));
}

function askAfterBreak(view: LinkView, record: RecordView, candidate: string): Plan {
  const side = otherSide(record.side);
  const link = view.group[side].find(({ id }) => id === candidate)?.tombstone?.link ?? null;
  return {
    ...nothingToDo('ambiguous', 'question', 'made_after_break', [
      about(view, 'made_after_break', record.side),
      aboutOther('made_after_break', record.kind, { link, side, id: candidate }),
    ]),
    candidates: [candidate],
  };
}

export function readDirectly({ kind, side, id }: Pick<RecordView, 'kind' | 'side' | 'id'>): Plan {
  const because = [aboutOther('gone_to_be_confirmed', kind, { link: null, side, id })];
  return {
    ...nothingToDo('gone_to_be_confirmed', 'pending', 'gone_to_be_confirmed', because),
    readAgain: [side],
  };
}

/** Creates the record's counterpart, with every field that is not blank. `company` is the counterpart's id of its company. */
export function planCreate(view: LinkView, record: RecordView, company: string | null): Plan {
  const side = otherSide(record.side);
  // A counterpart that is still to be made is one whose every field is blank.
  const merge = mergeFields({
    kind: record.kind,
    fields: { ...blankPair, [record.side]: record.fields, [side]: blankLike(record.fields) },
    bases: blankPair,
    companyAcross: { teamwork: null, desk: null, [record.side]: company },
    changedAt: blankPair,
    createdAt: { teamwork: null, desk: null },
    policy: record.side,
    askedFor: false,
    signsIn: false,
    choices: {},
    emailsOfOthers: new Set(view.emailsOfOthers),
  });
  return {
    ...nothingToDo('absent_wanted', 'pending', 'changes_to_write', [
      about(view, 'changes_to_write', record.side),
    ]),
    steps: [{ side, action: 'create', values: merge.writes[side], sourceBase: merge.sourceBases[side] }],
    notes: merge.notes,
  };
}

const blankPair = { teamwork: {}, desk: {} };

function blankLike(fields: Fields): Fields {
  return Object.fromEntries(Object.keys(fields).map((field) => [field, '']));
}
