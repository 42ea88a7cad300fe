/** R11, R27: an operator chooses whose value a field is to have: one that waits, or one that lost a conflict. */
import { sql } from 'kysely';
import { isBlank, sameValue } from '../domain/canonical';
import {
  essentialFields,
  fieldsOf,
  otherSide,
  type Field,
  type FieldValue,
  type Side,
} from '../domain/record';
import { announce } from './announced';
import { addDueLinks } from './due';
import { withMerged } from './link-rows';
import { idColumn, linkHolding } from './lookups';
import { OperationRefused, refsOf, tell, type Frame } from './operation-frame';
import { recordsOf } from './record-rows';
import { jsonb } from './storable';

export async function choose(frame: Frame, field: Field, side: Side): Promise<void> {
  const { tx, site, link } = frame;
  if (link.phase !== 'active') throw new OperationRefused('not_linked');
  if (!fieldsOf[link.kind].includes(field) || field === 'alternativeEmails') {
    throw new OperationRefused('not_choosable');
  }
  const chosen = await valueOf(frame, field, side);
  if (essentialFields[link.kind].includes(field) && isBlank(chosen[side])) {
    throw new OperationRefused('nothing_to_choose');
  }
  await sql`
    update links set choices = choices || ${jsonb({ [field]: chosen })}, version = version + 1
    where site = ${site} and number = ${link.number}`.execute(tx);
  await tell(frame, 'chosen', { field }, side);
  await announce(tx, site, [link.number], { breaks: false });
  await addDueLinks(tx, site, [{ link: link.number, priority: 2, run: null, at: null, read: [] }]);
}

/** In each side's own terms: what the chosen side says now, or what it said before it lost. */
async function valueOf(frame: Frame, field: Field, side: Side): Promise<Readonly<Record<Side, FieldValue>>> {
  const { tx, site, link } = frame;
  const records = [...(await recordsOf(tx, site, link.kind, refsOf(link))).values()];
  const now = (of: Side) => records.find((record) => record.side === of)?.fields[field];
  const [own, others] = [now(side), now(otherSide(side))];
  if (own === undefined || others === undefined) throw new OperationRefused('not_read');
  const inBoth = async (value: FieldValue) => ({
    [side]: value,
    [otherSide(side)]: field === 'company' ? await companyAcross(frame, side, value) : value,
  });
  const present = await inBoth(own);
  if (!sameValue(field, present[otherSide(side)] ?? '', others)) return both(present);
  const lost = await latestLost(frame, field, side);
  if (lost === null) throw new OperationRefused('nothing_to_choose');
  if (sameValue(field, lost, own)) throw new OperationRefused('already_so');
  return both(await inBoth(lost));
}

function both(values: Readonly<Record<string, FieldValue>>): Record<Side, FieldValue> {
  return { teamwork: values.teamwork ?? '', desk: values.desk ?? '' };
}

/** The value of that side which lost the latest conflict or first match of the field, as the journal kept it. */
async function latestLost({ tx, site, link }: Frame, field: Field, side: Side): Promise<FieldValue | null> {
  const { rows } = await sql<{ value: FieldValue | null }>`
    select j.detail -> 'value' as value from journal j
    where j.site = ${site} and j.event = 'conflict' and j.side = ${side} and j.detail ->> 'field' = ${field}
      and j.link in ${withMerged(site, sql`select ${link.number}::bigint`)}
    order by j.number desc limit 1`.execute(tx);
  return rows[0]?.value ?? null;
}

async function companyAcross({ tx, site }: Frame, side: Side, company: FieldValue): Promise<string> {
  if (isBlank(company)) return '';
  const { rows } = await sql<{ id: string }>`
    select l.${idColumn(otherSide(side))} as id
    from ${linkHolding(site, sql`'company'`, side, sql`${company}`)} l where l.phase = 'active'`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new OperationRefused('company_not_linked');
  return row.id;
}
