/** R11, R27: a value that an operator chose is on both sides, until a user edits it. */
import { sides, type Field, type FieldValue, type Side } from '../../../src/domain/record';
import type { Act } from '../engine/operators';
import type { Site } from '../engine/site';
import type { Row } from '../products/rows';
import { nameOf } from './agreement';
import { actsOf, presentNumber } from './asked-for';
import { toldForm } from './forms';
import { plain, same } from './same';

type Truth = Pick<Site, 'rows' | 'products' | 'operators'>;

export function unlikeChosen(site: Truth): string[] {
  const latest = new Map<string, Act>();
  for (const act of actsOf(site, 'choose')) {
    const { operation, result } = act;
    if (operation.verb === 'choose' && result.done)
      latest.set(`${presentNumber(site, result.link)} ${operation.field}`, act);
  }
  return [...latest].flatMap(([key, act]) => {
    const link = site.rows.links.get(Number(key.split(' ')[0]))?.link;
    if (link === undefined || act.operation.verb !== 'choose') return [];
    const { field, side } = act.operation;
    const chosen = valueOf(site, act, field, side);
    if (link.phase !== 'active' || link.status !== 'in_sync' || chosen === null || field === 'company')
      return [];
    if (link.notes.some((note) => note.field === field) || isEditedSince(site, act, field)) return [];
    const [teamwork, desk] = sides.map((one) => site.products.get(one, link.kind, link.ids[one] ?? ''));
    if (teamwork === undefined || desk === undefined) return [];
    const values = [teamwork, desk].map((row) => row.fields[field]);
    const isChosen = (row: Row) =>
      same(field, row.fields[field], chosen) ||
      same(field, toldForm(site, link, field, row) ?? row.fields[field], chosen);
    return isChosen(teamwork) && isChosen(desk)
      ? []
      : [
          `R11: ${nameOf(link)}: ${field} was chosen to be ${JSON.stringify(chosen)}, it is ${JSON.stringify(values)}`,
        ];
  });
}

/** What the operator saw of that side; where both sides were the same, what it had lost. */
function valueOf(
  { rows }: Pick<Truth, 'rows'>,
  { at, link, records }: Act,
  field: Field,
  side: Side,
): FieldValue | null {
  const [own, others] = [
    records[side]?.fields[field],
    records[side === 'desk' ? 'teamwork' : 'desk']?.fields[field],
  ];
  if (own !== undefined && plain(field, own) !== plain(field, others)) return own;
  const lost = rows.journal.findLast(
    (entry) =>
      entry.event === 'conflict' &&
      entry.link === link?.number &&
      entry.side === side &&
      entry.detail.field === field &&
      Date.parse(entry.at) <= at,
  );
  return (lost?.detail.value as FieldValue | undefined) ?? null;
}

/** By a user or the product itself, or before but unseen by the operator; or its record was made anew. */
function isEditedSince(
  { products, rows }: Pick<Truth, 'products' | 'rows'>,
  { at, link, records }: Act,
  field: Field,
): boolean {
  if (link === null) return true;
  const isEdited = sides.some((side) => {
    const seenAt = Math.min(at, Date.parse(records[side]?.readAt ?? '')) - longestStaleMs;
    return products.changes.some(
      ({ actor, after, before, at: when }) =>
        actor !== 'engine' &&
        after.side === side &&
        after.kind === link.kind &&
        after.id === link.ids[side] &&
        when >= seenAt &&
        plain(field, before?.fields[field]) !== plain(field, after.fields[field]),
    );
  });
  const isOther = rows.journal.some(
    ({ event, link: of, at: when }) =>
      (event === 'restored' || event === 'merged') && of === link.number && Date.parse(when) >= at,
  );
  return isEdited || isOther;
}

/** A reading may show what was there so long before (A10). */
const longestStaleMs = 5_000;
