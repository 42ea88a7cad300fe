/** I21, R13: what a side has is its base, and where that is another form than the other side's, the journal says so. */
import { fieldsOf, sides, type Field, type FieldValue } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { keyOfRow, text, texts, type Change, type Row } from '../products/rows';
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

/** One side keeps in a form of its own the very value that the other has and that was written last, and the journal says so; or both do. */
export function isToldForm(site: Truth, link: Link, name: Field, rows: readonly [Row, Row]): boolean {
  const [one, other] = rows;
  const [ofOne, ofOther] = [toldForm(site, link, name, one), toldForm(site, link, name, other)];
  const isOf = (sent: FieldValue | undefined, value: FieldValue | undefined) =>
    sent !== undefined && value !== undefined && same(name, sent, value);
  return isOf(ofOne, other.fields[name]) || isOf(ofOther, one.fields[name]) || isOf(ofOne, ofOther);
}

/** What was written there last, where the record has it in a form of its own and the journal says so. */
export function toldForm(truth: Truth, link: Link, name: Field, target: Row): FieldValue | undefined {
  const { rows, products } = truth;
  const secondary = whoseLinkItTook(truth, link, target, name);
  if (secondary !== undefined) return toldForm(truth, link, name, secondary);
  const written = lastWritten(products, target, name);
  if (written === undefined) return undefined;
  const told = rows.journal.find(
    ({ link: of, side, at, detail }) =>
      of === link.number &&
      side === target.side &&
      Date.parse(at) >= written.at &&
      Array.isArray(detail.reformatted) &&
      detail.reformatted.includes(name),
  );
  if (told === undefined) return undefined;
  const sent = written.sent[name];
  const isForm = isFormOf(sent, target.fields[name]);
  if (!same(name, written.after.fields[name], target.fields[name])) {
    const isOfThen = isForm && isEdit(products, target, name, { from: written.at, to: Date.parse(told.at) });
    return isOfThen ? sent : undefined;
  }
  // What a run writes it does not look at before: nobody saw what came since its last reading.
  const unseen = { from: told.run === null ? written.at - longestUnseenMs : 0, to: written.at };
  const isKept = !written.ignored.includes(name) || isForm || isEdit(products, target, name, unseen);
  return isKept ? sent : undefined;
}

function lastWritten({ changes }: Truth['products'], row: Row, name: Field): Change | undefined {
  return changes.findLast(
    ({ actor, after, sent }) =>
      actor === 'engine' && keyOfRow(after) === keyOfRow(row) && sent[name] !== undefined,
  );
}

/** R17: who was merged into this one had the very value, in its form, that this one has: to the link nothing changed. */
function whoseLinkItTook({ rows, products }: Truth, link: Link, row: Row, name: Field): Row | undefined {
  const moved = rows.journal.findLast(
    ({ event, link: of, side, detail }) =>
      event === 'merged' && of === link.number && side === row.side && detail.to === row.id,
  );
  const from = moved?.detail.from;
  if (moved === undefined || typeof from !== 'string') return undefined;
  if ((lastWritten(products, row, name)?.at ?? 0) >= Date.parse(moved.at)) return undefined;
  const secondary = products.get(row.side, row.kind, from);
  return secondary !== undefined && same(name, secondary.fields[name], row.fields[name])
    ? secondary
    : undefined;
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
