/** Alternative emails as a set, merged element by element (R8, R10). */
import { canonicalEmail, canonicalEmails, isEmail, plainText } from './canonical';
import type { FieldReason } from './link';
import type { FieldMerge, MergeInput } from './merge';
import { otherSide, sides, type FieldValue, type Side } from './record';

/** Teamwork.com has three slots, which mean nothing beyond their number. */
const slotsInTeamwork = 3;

/**
 * A base holds only what both sides agreed on, so an email that was never sent, for want of a slot or because it is
 * somebody else's, goes across as soon as it may. `newPrimary`: the primary emails being written in the same merge.
 */
export function mergeAlternativeEmails(
  input: MergeInput,
  newPrimary: Readonly<Record<Side, FieldValue | undefined>>,
): FieldMerge {
  const { fields, bases } = input;
  if (fields.teamwork.alternativeEmails === undefined || fields.desk.alternativeEmails === undefined)
    return {};
  const has = {
    teamwork: emailsOf(fields.teamwork.alternativeEmails),
    desk: emailsOf(fields.desk.alternativeEmails),
  };
  const known = {
    teamwork: knownOf(bases.teamwork.alternativeEmails),
    desk: knownOf(bases.desk.alternativeEmails),
  };
  const primary = (side: Side) => canonicalEmail(String(newPrimary[side] ?? fields[side].email ?? ''));

  const goal = { teamwork: new Map(has.teamwork), desk: new Map(has.desk) };
  const wanted: Record<Side, [string, string][]> = { teamwork: [], desk: [] };
  for (const side of sides) {
    const other = otherSide(side);
    if (newPrimary[side] !== undefined) goal[side].delete(primary(side));
    for (const [email, asWritten] of has[side]) {
      if (has[other].has(email) || email === primary(other) || email === primary(side)) continue;
      if (!known[side].has(email)) wanted[other].push([email, asWritten]);
      // Agreed once and gone there: taken away. Never kept there: left alone, for asking again would not end.
      else if (known[other].has(email)) goal[side].delete(email);
    }
  }

  const notes = new Set<FieldReason>();
  for (const side of sides) {
    for (const [email, asWritten] of wanted[side]) {
      if (!isEmail(email)) notes.add('essential_missing');
      else if (input.emailsOfOthers.has(email)) notes.add('email_of_another_person');
      else if (side === 'teamwork' && goal.teamwork.size >= slotsInTeamwork) notes.add('limit');
      else goal[side].set(email, asWritten);
    }
  }
  return { ...baseAndWrites(input, has, goal), notes: [...notes] };
}

/**
 * What a confirmed write makes of a side's base. An email that is on this side alone was agreed on only if it had been
 * before: one that could not be sent must not look like one that the other side gave up.
 */
export function agreedEmails(
  written: FieldValue,
  across: FieldValue | undefined,
  before: FieldValue | undefined,
): readonly string[] {
  const agreed = new Set([...knownOf(across), ...knownOf(before)]);
  return canonicalEmails([written].flat()).filter((email) => agreed.has(email));
}

/** One side of two sets that were both written: `kept` is the base that its write alone made. */
export interface WrittenSet {
  readonly sent: FieldValue;
  readonly before: FieldValue | undefined;
  readonly kept: FieldValue;
  readonly base: FieldValue | undefined;
}

/**
 * What two confirmed writes make of one side's base: all that was to be on both, whichever side had it first, but for what
 * this side was given and did not keep; and what had been agreed on before and stays on this side alone.
 */
export function agreedOnBoth(own: WrittenSet, sentToOther: FieldValue): readonly string[] {
  const [sent, other] = [knownOf(own.sent), knownOf(sentToOther)];
  const [before, kept, base] = [knownOf(own.before), knownOf(own.kept), knownOf(own.base)];
  return canonicalEmails(
    [...sent].filter((email) => (other.has(email) ? before.has(email) || kept.has(email) : base.has(email))),
  );
}

type Emails = ReadonlyMap<string, string>;

function baseAndWrites(
  { bases }: MergeInput,
  has: Readonly<Record<Side, Emails>>,
  goal: Readonly<Record<Side, Emails>>,
): FieldMerge {
  const merged = { writes: {}, sourceBases: {}, agreed: {} } as Record<
    'writes' | 'sourceBases' | 'agreed',
    Partial<Record<Side, FieldValue>>
  >;
  const everywhere = [...has.teamwork.keys()].filter((email) => has.desk.has(email));
  const anywhere = new Set([...has.teamwork.keys(), ...has.desk.keys()]);
  const agreed = (side: Side) => {
    const still = [...knownOf(bases[side].alternativeEmails)].filter((email) => anywhere.has(email));
    return canonicalEmails([...still, ...everywhere]);
  };
  for (const side of sides) {
    const base = bases[side].alternativeEmails;
    if (base === undefined || !sameSet(agreed(side), [...knownOf(base)])) merged.agreed[side] = agreed(side);
    if (sameSet([...goal[side].keys()], [...has[side].keys()])) continue;
    merged.writes[side] = [...goal[side].values()];
    const taken = agreed(otherSide(side)).filter((email) => goal[side].has(email) || !has[side].has(email));
    const added = [...goal[side].keys()].filter((email) => !has[side].has(email));
    merged.sourceBases[side] = canonicalEmails([...taken, ...added]);
  }
  return merged;
}

/** Canonical email to the email as it is written there, in the side's own order. */
function emailsOf(value: FieldValue): Emails {
  const written = [value].flat().map(plainText);
  return new Map(written.filter((email) => email !== '').map((email) => [canonicalEmail(email), email]));
}

function knownOf(base: FieldValue | undefined): ReadonlySet<string> {
  return new Set(canonicalEmails([base ?? []].flat()));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && new Set([...one, ...other]).size === one.length;
}
