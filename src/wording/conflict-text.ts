/** A conflict as the journal kept it (R11, R12): what both sides said, what stood, and the rule in a sentence. */
import { isBlank } from '../domain/canonical';
import type { Loser } from '../domain/plan';
import { otherSide, sides, type Field, type FieldValue, type Side } from '../domain/record';
import type { JournalEntry } from '../ports/reads';
import { fieldTitles } from './field-titles';
import { productOf, timeText } from './words';

export interface KeptConflict {
  readonly at: string;
  readonly field: Field;
  readonly loser: Side;
  /**
   * Undefined where they are no longer kept: the person was forgotten (R32). Null where what the side said played no part: an
   * operator's choice stands.
   */
  readonly values: Readonly<Record<Side, FieldValue | null | undefined>>;
  /** Null where both had never agreed before. */
  readonly base: FieldValue | null | undefined;
  readonly result: FieldValue | undefined;
  readonly rule: string;
}

/** Null for an entry of another sort. */
export function keptConflict({ at, event, side, detail }: JournalEntry): KeptConflict | null {
  if (event !== 'conflict' || side === null) return null;
  const { field, value, against, base, ...how } = detail as Partial<Loser> & Pick<Loser, 'field' | 'rule'>;
  const others = how.rule === 'choice' ? null : against;
  const values = side === 'desk' ? { teamwork: others, desk: value } : { teamwork: value, desk: others };
  return {
    at,
    field,
    loser: side,
    values,
    base,
    result: against,
    rule: ruleSentence(otherSide(side), how, against),
  };
}

/** The whole of it in a line. */
export function conflictText({ field, values, base, rule }: KeptConflict): string {
  const said = sides
    .flatMap((side) => {
      const value = values[side];
      return value === null ? [] : [`${productOf[side]} said ${valueText(value)}`];
    })
    .join(', ');
  const before = base === null ? '' : ` (both had agreed on ${valueText(base)})`;
  return `${fieldTitles[field]}: ${said}${before}. ${rule}`;
}

function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return 'what is no longer kept';
  if (isBlank(value)) return 'nothing';
  return `“${typeof value === 'string' ? value : value.join(', ')}”`;
}

function ruleSentence(
  winner: Side,
  { rule, decidedBy, changedAt }: Pick<Loser, 'rule'> & Partial<Loser>,
  result: FieldValue | undefined,
): string {
  if (rule === 'choice') return `An operator chose ${valueText(result)}, which stands.`;
  const stands = `${productOf[winner]}’s stands`;
  if (rule === 'first_match') {
    const why = {
      asked_for: 'Desk’s record was asked for in Teamwork.com',
      desk: 'the conflict policy is Desk',
      teamwork: null,
      latest: null,
      operator: null,
    }[decidedBy ?? 'latest'];
    return `When they were first matched, both had a value; ${why === null ? '' : `${why}, and `}${stands}.`;
  }
  if (decidedBy !== 'latest') return `Both were edited; by the conflict policy ${stands}.`;
  const time = (side: Side) => `${productOf[side]}’s is of ${timeOf(changedAt?.[side])}`;
  return `Both were edited; by the policy “latest” ${stands}: ${time('teamwork')}, ${time('desk')}.`;
}

function timeOf(at: string | null | undefined): string {
  return at === null || at === undefined ? 'an unknown time' : timeText(at);
}
