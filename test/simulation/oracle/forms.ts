/** I21, R13: what a side has is its base, and where that is another form than the other side's, the journal says so. */
import { fieldsOf, sides, type Field, type FieldValue } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { keyOfRow, text, texts, type Row } from '../products/rows';
import { nameOf } from './agreement';
import { longestUnseenMs } from './lost-values';
import { plain, same } from './same';

type Truth = Pick<Site, 'rows' | 'products'>;

export function forms(site: Truth): string[] {
  return [...site.rows.links.values()].flatMap(({ link }) => {
    if (link.phase !== 'active' || link.status !== 'in_sync') return [];
    const [teamwork, desk] = sides.map((side) => site.products.get(side, link.kind, link.ids[side] ?? ''));
    if (teamwork === undefined || desk === undefined || teamwork.deleted || desk.deleted) return [];
    return [teamwork, desk].flatMap((row) =>
      fieldsOf[link.kind].flatMap((name) => {
        const base = link.bases[row.side][name];
        if (base === undefined || link.notes.some(({ field }) => field === name)) return [];
        const value = row.fields[name];
        const isBase =
          name === 'alternativeEmails'
            ? same(name, besidePrimary(base, teamwork, desk), besidePrimary(value, teamwork, desk))
            : same(name, base, value);
        return isBase
          ? []
          : [
              `I21: ${nameOf(link)}: ${row.side} has ${name} ${JSON.stringify(value)}, its base is ${JSON.stringify(base)}`,
            ];
      }),
    );
  });
}

/** An email that is either side's primary one is no alternative (R8). */
function besidePrimary(emails: FieldValue | undefined, ...rows: readonly Row[]): readonly string[] {
  const primary = rows.map(({ fields }) => plain('email', fields.email));
  return texts(emails).filter((email) => !primary.includes(plain('email', email)));
}

/** One side keeps in a form of its own the very value that the other has and that was written last, and the journal says so. */
export function isToldForm(
  { rows, products }: Truth,
  link: Link,
  name: Field,
  [one, other]: readonly [Row, Row],
): boolean {
  return [
    { target: one, source: other },
    { target: other, source: one },
  ].some(({ target, source }) => {
    const written = products.changes.findLast(
      ({ actor, after, sent }) =>
        actor === 'engine' && keyOfRow(after) === keyOfRow(target) && sent[name] !== undefined,
    );
    if (written === undefined || !same(name, written.sent[name], source.fields[name])) return false;
    const told = rows.journal.find(
      ({ link: of, side, at, detail }) =>
        of === link.number &&
        side === target.side &&
        Date.parse(at) >= written.at &&
        Array.isArray(detail.reformatted) &&
        detail.reformatted.includes(name),
    );
    if (told === undefined) return false;
    const isForm = isFormOf(written.sent[name], target.fields[name]);
    if (!same(name, written.after.fields[name], target.fields[name]))
      return isForm && isEdit(products, target, name, { from: written.at, to: Date.parse(told.at) });
    // What a run writes it does not look at before: nobody saw what came since its last reading.
    const unseen = { from: told.run === null ? written.at - longestUnseenMs : 0, to: written.at };
    return !written.ignored.includes(name) || isForm || isEdit(products, target, name, unseen);
  });
}

/**
 * No vendor takes a write on condition. What a user wrote a moment before a write that the product then does not take is
 * neither what was sent nor what was there before: it looks like the product's own form. So does what a user wrote between
 * the write and its reading back, where it is a form of what was sent.
 */
function isEdit(
  { changes }: Truth['products'],
  target: Row,
  name: Field,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  return changes.some(
    ({ actor, after, sent, at }) =>
      actor === 'user' &&
      keyOfRow(after) === keyOfRow(target) &&
      at >= from &&
      at <= to &&
      sent[name] !== undefined &&
      same(name, after.fields[name], target.fields[name]),
  );
}

/** What was there before may by chance be a form of what was sent and not taken. */
function isFormOf(sent: FieldValue | undefined, kept: FieldValue | undefined): boolean {
  const letters = (value: FieldValue | undefined) =>
    text(value)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
  return letters(kept) !== '' && letters(sent).startsWith(letters(kept));
}
