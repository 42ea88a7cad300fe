/** Three-way merge of a linked pair, field by field (R9–R13, R27): what each side is to be told. */
import { canonicalValue, isBlank, isEmail, plainText, sameValue } from './canonical';
import type { Choices, FieldNote, FieldReason } from './link';
import { mergeAlternativeEmails } from './merge-emails';
import type { Loser, Policy } from './plan';
import { essentialFields, fieldsOf, otherSide, sides } from './record';
import type { Field, Fields, FieldValue, Kind, Side } from './record';

export interface MergeInput {
  readonly kind: Kind;
  /** Each side's fields as read, in its own terms; an unread field is absent and takes no part (R8). */
  readonly fields: Readonly<Record<Side, Fields>>;
  /** Each side's base; a field without one is a first match for that field (R12). */
  readonly bases: Readonly<Record<Side, Fields>>;
  /** The id on the other side of the company that each side puts the person in; null: it is not linked. */
  readonly companyAcross: Readonly<Record<Side, string | null>>;
  /** Per field, the vendor's time of the first observation that showed its present value. */
  readonly changedAt: Readonly<Record<Side, Readonly<Partial<Record<Field, string>>>>>;
  readonly createdAt: Readonly<Record<Side, string | null>>;
  readonly policy: Policy['conflict'];
  /** The link was asked for by R5: where both sides have a value, Desk's wins the first match. */
  readonly askedFor: boolean;
  /** The Teamwork.com person signs in: email and company are not changed from Desk (R27). */
  readonly signsIn: boolean;
  readonly choices: Choices;
  /** Canonical emails, primary or alternative, of other persons on either side. */
  readonly emailsOfOthers: ReadonlySet<string>;
}

export interface Merge {
  /** By target side, in its own terms: only what changes. */
  readonly writes: Readonly<Record<Side, Fields>>;
  /** By target side: the other side's base for the fields written, once that write is confirmed. */
  readonly sourceBases: Readonly<Record<Side, Fields>>;
  /** Each side's base for what agrees without a write; only what is new. */
  readonly agreed: Readonly<Record<Side, Fields>>;
  readonly notes: readonly FieldNote[];
  readonly losers: readonly Loser[];
}

/** What one field comes to. An absent key means nothing of that sort. */
export interface FieldMerge {
  readonly writes?: Readonly<Partial<Record<Side, FieldValue>>>;
  readonly sourceBases?: Readonly<Partial<Record<Side, FieldValue>>>;
  readonly agreed?: Readonly<Partial<Record<Side, FieldValue>>>;
  readonly notes?: readonly FieldReason[];
  readonly losers?: readonly Omit<Loser, 'field'>[];
}

export function mergeFields(input: MergeInput): Merge {
  const whole = {
    writes: { teamwork: {}, desk: {} } as Record<Side, Partial<Record<Field, FieldValue>>>,
    sourceBases: { teamwork: {}, desk: {} } as Record<Side, Partial<Record<Field, FieldValue>>>,
    agreed: { teamwork: {}, desk: {} } as Record<Side, Partial<Record<Field, FieldValue>>>,
    notes: [] as FieldNote[],
    losers: [] as Loser[],
  };
  // Alternative emails need to know which primary email each side will have, so they come after it.
  for (const field of fieldsOf[input.kind]) {
    const merged =
      field === 'alternativeEmails'
        ? mergeAlternativeEmails(input, {
            teamwork: whole.writes.teamwork.email,
            desk: whole.writes.desk.email,
          })
        : mergeField(input, field);
    for (const part of ['writes', 'sourceBases', 'agreed'] as const) {
      for (const side of sides) {
        const value = merged[part]?.[side];
        if (value !== undefined) whole[part][side][field] = value;
      }
    }
    for (const reason of merged.notes ?? []) whole.notes.push({ field, reason });
    for (const loser of merged.losers ?? []) whole.losers.push({ field, ...loser });
  }
  return whole;
}

function mergeField(input: MergeInput, field: Field): FieldMerge {
  const own = { teamwork: input.fields.teamwork[field], desk: input.fields.desk[field] };
  if (own.teamwork === undefined || own.desk === undefined) return {};
  const values: Record<Side, FieldValue> = { teamwork: own.teamwork, desk: own.desk };
  const choice = input.choices[field];
  if (choice !== undefined) return carryOutChoice(input, field, values, choice);
  const bases = { teamwork: input.bases.teamwork[field], desk: input.bases.desk[field] };
  if (bases.teamwork === undefined || bases.desk === undefined) return firstMatch(input, field, values);

  const edited = {
    teamwork: !sameValue(field, values.teamwork, bases.teamwork),
    desk: !sameValue(field, values.desk, bases.desk),
  };
  if (!edited.teamwork && !edited.desk) return {};
  if (agree(input, field, values)) return { agreed: values };
  if (!edited.desk) return send(input, field, 'teamwork', values);
  if (!edited.teamwork) return send(input, field, 'desk', values);
  return settle(input, field, values, 'policy');
}

/**
 * An operator's choice is told to whichever side does not have it yet, protected or not (R11, R27). What that side was edited
 * to, perhaps after the operator looked, is kept, and so is what it says where both never agreed on anything (R12).
 */
function carryOutChoice(
  { bases }: MergeInput,
  field: Field,
  values: Record<Side, FieldValue>,
  choice: Readonly<Record<Side, FieldValue>>,
): FieldMerge {
  const lacking = sides.filter((side) => !sameValue(field, values[side], choice[side]));
  if (lacking.length === 0) return { agreed: values };
  const how = { rule: 'choice', decidedBy: 'operator', changedAt: null } as const;
  const losers = lacking.flatMap((side): Omit<Loser, 'field'>[] => {
    const [value, base] = [values[side], bases[side][field] ?? null];
    const isLost = base === null ? !isBlank(value) : !sameValue(field, value, base);
    return isLost ? [{ side, value, against: choice[otherSide(side)], base, ...how }] : [];
  });
  return {
    writes: Object.fromEntries(lacking.map((side) => [side, choice[side]])),
    sourceBases: Object.fromEntries(lacking.map((side) => [side, choice[otherSide(side)]])),
    losers,
  };
}

/** R12: a blank never beats a value, and of two values one wins by rule; two avatars both stay. */
function firstMatch(input: MergeInput, field: Field, values: Record<Side, FieldValue>): FieldMerge {
  if (agree(input, field, values)) return { agreed: values };
  const says = (value: FieldValue) => canonicalValue(field, value);
  if (says(values.desk) === '') return send(input, field, 'teamwork', values);
  if (says(values.teamwork) === '') return send(input, field, 'desk', values);
  if (field === 'avatar') return { agreed: values, notes: ['both_kept'] };
  return settle(input, field, values, 'first_match');
}

/** Both sides have something else to say. What cannot be sent never wins (R9) and is no loss. */
function settle(
  input: MergeInput,
  field: Field,
  values: Record<Side, FieldValue>,
  rule: Loser['rule'],
): FieldMerge {
  const sendable = sides.filter((side) => !isUnsendable(input.kind, field, values[side]));
  const [only, second] = sendable;
  if (only === undefined) return { notes: ['essential_missing'] };
  if (second === undefined) return send(input, field, only, values);
  const winner = rule === 'policy' ? conflictWinner(input, field) : firstMatchWinner(input);
  const sent = send(input, field, winner, values);
  if (sent.writes === undefined) return sent;
  const side = otherSide(winner);
  const kept = { side, value: values[side], against: values[winner], base: input.bases[side][field] ?? null };
  return { ...sent, losers: [{ ...kept, rule, ...decidedBy(input, field, rule) }] };
}

function decidedBy(
  { policy, askedFor, changedAt, createdAt }: MergeInput,
  field: Field,
  rule: Loser['rule'],
): Pick<Loser, 'decidedBy' | 'changedAt'> {
  if (rule === 'first_match') return { decidedBy: askedFor ? 'asked_for' : policy, changedAt: null };
  if (policy !== 'latest') return { decidedBy: policy, changedAt: null };
  const time = (side: Side) => changedAt[side][field] ?? createdAt[side];
  return { decidedBy: policy, changedAt: { teamwork: time('teamwork'), desk: time('desk') } };
}

function firstMatchWinner({ policy, askedFor }: MergeInput): Side {
  return policy === 'desk' || askedFor ? 'desk' : 'teamwork';
}

/** R11: whose edit of this field stands. `latest` goes by the vendors' own times; without any, or at the same one, Teamwork.com. */
export function conflictWinner(
  { policy, changedAt, createdAt }: Pick<MergeInput, 'policy' | 'changedAt' | 'createdAt'>,
  field: Field,
): Side {
  if (policy !== 'latest') return policy;
  const time = (side: Side) => instantOf(changedAt[side][field] ?? createdAt[side]);
  const [teamwork, desk] = [time('teamwork'), time('desk')];
  const deskIsLater =
    desk.millis > teamwork.millis || (desk.millis === teamwork.millis && desk.fraction > teamwork.fraction);
  return deskIsLater ? 'desk' : 'teamwork';
}

/** Vendors write up to nanoseconds, of which `Date` keeps three digits: the fraction of the second has them all. */
function instantOf(time: string | null): { readonly millis: number; readonly fraction: number } {
  const millis = time === null ? NaN : Date.parse(time);
  if (time === null || Number.isNaN(millis)) return { millis: -Infinity, fraction: 0 };
  return { millis, fraction: Number(/\.\d+/.exec(time)?.[0] ?? 0) };
}

/** Tells the other side this side's value, unless R9 or R27 has it wait. */
function send(input: MergeInput, field: Field, from: Side, values: Record<Side, FieldValue>): FieldMerge {
  const to = otherSide(from);
  const value = field === 'company' ? input.companyAcross[from] : plainText(String(values[from]));
  if (isUnsendable(input.kind, field, values[from])) return { notes: ['essential_missing'] };
  // A company that is not linked suspends the whole person (R25); there is nothing to send.
  if (value === null) return {};
  if (to === 'teamwork' && input.signsIn) {
    if (field === 'email') return { notes: ['login_email_protected'] };
    if (field === 'company') return { notes: ['login_company_protected'] };
  }
  return { writes: { [to]: value }, sourceBases: { [to]: values[from] } };
}

function agree({ companyAcross }: MergeInput, field: Field, values: Record<Side, FieldValue>): boolean {
  if (field !== 'company') return sameValue(field, values.teamwork, values.desk);
  if (isBlank(values.teamwork)) return isBlank(values.desk);
  return companyAcross.teamwork !== null && sameValue(field, companyAcross.teamwork, values.desk);
}

/** An essential field is not sent blank (R9), nor an email that would have the whole write refused. */
function isUnsendable(kind: Kind, field: Field, value: FieldValue): boolean {
  if (isBlank(value)) return essentialFields[kind].includes(field);
  return field === 'email' && !isEmail(String(value));
}
