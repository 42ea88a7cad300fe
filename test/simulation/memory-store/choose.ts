/** R11, R27: whose value a field is to have, as `src/store/choose.ts` carries it out. */
import { isBlank, sameValue } from '../../../src/domain/canonical';
import {
  essentialFields,
  fieldsOf,
  otherSide,
  type Field,
  type FieldValue,
  type Side,
} from '../../../src/domain/record';
import { OperationRefused } from '../../../src/store/operation-frame';
import { addDue } from './due';
import { announce } from './guard';
import { changeLink, linkByNumber, linkHolding } from './link-rows';
import { recordRow } from './mirror';
import { tell, type Frame } from './operation-frame';

export function choose(frame: Frame, field: Field, side: Side): void {
  const { memory, rows, link } = frame;
  if (link.phase !== 'active') throw new OperationRefused('not_linked');
  if (!fieldsOf[link.kind].includes(field) || field === 'alternativeEmails') {
    throw new OperationRefused('not_choosable');
  }
  const chosen = valueOf(frame, field, side);
  if (essentialFields[link.kind].includes(field) && isBlank(chosen[side])) {
    throw new OperationRefused('nothing_to_choose');
  }
  changeLink(rows, link.number, { choices: { ...link.choices, [field]: chosen } });
  tell(frame, 'chosen', { field }, side);
  announce(memory, rows, link.number);
  addDue(memory, rows, [{ link: link.number, priority: 2, run: null, at: null, read: [] }]);
}

/** In each side's own terms: what the chosen side says now, or what it said before it lost. */
function valueOf(frame: Frame, field: Field, side: Side): Record<Side, FieldValue> {
  const { rows, link } = frame;
  const now = (of: Side) =>
    recordRow(rows, link.kind, { side: of, id: link.ids[of] ?? '' })?.record.fields[field];
  const [own, others] = [now(side), now(otherSide(side))];
  if (own === undefined || others === undefined) throw new OperationRefused('not_read');
  const inBoth = (value: FieldValue): Record<Side, FieldValue> => {
    const across = field === 'company' ? companyAcross(frame, side, value) : value;
    return side === 'teamwork' ? { teamwork: value, desk: across } : { teamwork: across, desk: value };
  };
  const present = inBoth(own);
  if (!sameValue(field, present[otherSide(side)], others)) return present;
  const lost = latestLost(frame, field, side);
  if (lost === null) throw new OperationRefused('nothing_to_choose');
  if (sameValue(field, lost, own)) throw new OperationRefused('already_so');
  return inBoth(lost);
}

function latestLost({ rows, link }: Frame, field: Field, side: Side): FieldValue | null {
  const lost = rows.journal.findLast(
    (entry) =>
      entry.event === 'conflict' &&
      entry.side === side &&
      entry.detail.field === field &&
      linkByNumber(rows, entry.link)?.number === link.number,
  );
  return (lost?.detail.value as FieldValue | undefined) ?? null;
}

function companyAcross({ rows }: Frame, side: Side, company: FieldValue): string {
  if (isBlank(company)) return '';
  const link = linkHolding(rows, 'company', { side, id: String(company) });
  const across = link?.phase === 'active' ? link.ids[otherSide(side)] : null;
  if (across === null) throw new OperationRefused('company_not_linked');
  return across;
}
