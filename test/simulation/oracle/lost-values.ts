/** I6: what a user wrote last on a side is there, or a later edit stands, or the journal keeps it. */
import {
  fieldsOf,
  otherSide,
  sides,
  type Field,
  type FieldValue,
  type Side,
} from '../../../src/domain/record';
import type { ApplyInput } from '../../../src/activities/step';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { keyOfRow, type Change, type Row } from '../products/rows';
import { shownKey } from '../products/calls';
import { nameOf } from './agreement';
import { choicesOf, formerIds } from './asked-for';
import { plain } from './same';

export function lostValues(site: Site): string[] {
  const pairs = [...site.rows.links.values()]
    .map(({ link }) => link)
    .filter((link) => link.phase === 'active' && link.status === 'in_sync' && !isMoved(site, link))
    .filter((link) =>
      sides.every((side) => site.products.get(side, link.kind, link.ids[side] ?? '')?.deleted === false),
    );
  return pairs.flatMap((link) =>
    fieldsOf[link.kind].flatMap((name) => {
      const isSkipped = name === 'company' || name === 'alternativeEmails' || name === 'avatar';
      return isSkipped || link.notes.some((note) => note.field === name) ? [] : lostOf(site, link, name);
    }),
  );
}

function lostOf(site: Site, link: Link, name: Field): string[] {
  const editsOf = (side: Side, ids: readonly (string | null)[]) => {
    const own = site.products.changes.filter(
      ({ actor, after, before, sent }) =>
        actor === 'user' &&
        after.side === side &&
        after.kind === link.kind &&
        ids.includes(after.id) &&
        (before === null ||
          (sent[name] !== undefined && plain(name, before.fields[name]) !== plain(name, after.fields[name]))),
    );
    const last = own.at(-1);
    // Every value that a user of this side replaced by another one.
    const values = own.flatMap(({ before }) => (before === null ? [] : [plain(name, before.fields[name])]));
    return last === undefined ? [] : [{ side, at: last.at, value: last.after.fields[name], values }];
  };
  const edits = sides.flatMap((side) => editsOf(side, [link.ids[side]]));
  // A record that was made anew had the values of the one before it.
  const earlier = sides.flatMap((side) => editsOf(side, formerIds(site, link, side)));
  const latest = Math.max(...edits.map(({ at }) => at));
  return edits.flatMap(({ side, at, value }) => {
    // Who changed that very value on the other side changed it here, too.
    const isChangedThere =
      edits.some((other) => other.side !== side && other.values.includes(plain(name, value))) ||
      earlier.some((other) => other.side !== side && other.at >= at);
    const row = { side, kind: link.kind, id: link.ids[side] ?? '' };
    const isOverruled = choicesOf(site, link, name).some((choice) => choice.at >= at);
    const isSuperseded =
      at < latest ||
      isChangedThere ||
      isOverruled ||
      isFromEarlierLink(site, link, row, name, at) ||
      wasReadBackBlank(site, link, otherSide(side), name, value) ||
      cameByAnotherLink(site, link, otherSide(side), name, at);
    // What the other side has then is the same, or a form of it that is told (I1).
    const final = site.products.get(side, link.kind, link.ids[side] ?? '')?.fields[name];
    if (plain(name, value) === plain(name, final) || isSuperseded || plain(name, value) === '') return [];
    const wasShown =
      wasShownInTime(site, row, name, { value, at }) || wasToBeLookedAt(site, keyOfRow(row), name, at);
    if (!wasShown) site.marks.add('overwritten_unseen');
    return !wasShown || isKept(site, link, name, value)
      ? []
      : [
          `I6: ${nameOf(link)}: ${name} ${JSON.stringify(value)} of ${side} is lost, it is ${JSON.stringify(final)}`,
        ];
  });
}

/**
 * While the record was in an earlier link, a later edit of the other one travelled to it. A restore of that link leaves the
 * record that was gone a tombstone of its own, which may be restored in its turn (R22).
 */
function isFromEarlierLink(
  { rows, products: { changes } }: Site,
  link: Link,
  row: Pick<Row, 'side' | 'kind' | 'id'>,
  name: Field,
  editedAt: number,
): boolean {
  const other = otherSide(row.side);
  const isEarlier = (number: number) =>
    number !== link.number && rows.links.get(number)?.link.kind === link.kind;
  return rows.journal.some(({ event, link: of, at, detail }) => {
    if (event !== 'broken' || !isEarlier(of) || detail[row.side] !== row.id) return false;
    const before = changes.filter(
      (change) => change.at >= editedAt && change.at <= Date.parse(at) && change.sent[name] !== undefined,
    );
    const edits = before.filter(
      ({ actor, after }) =>
        actor === 'user' && after.side === other && after.kind === row.kind && after.id === detail[other],
    );
    return edits.some((edit) =>
      before.some(
        (written) =>
          written.actor === 'engine' &&
          keyOfRow(written.after) === keyOfRow(row) &&
          written.at >= edit.at &&
          plain(name, written.sent[name]) === plain(name, edit.after.fields[name]),
      ),
    );
  });
}

/** R22: till the link was joined again its other record was in another link, by which a later value came to it. */
function cameByAnotherLink(
  { rows: { journal }, products: { changes } }: Site,
  { number, kind, ids }: Link,
  side: Side,
  name: Field,
  editedAt: number,
): boolean {
  const record = keyOfRow({ side, kind, id: ids[side] ?? '' });
  const ended = (entry: (typeof journal)[number]) =>
    entry.event === 'broken' && entry.link !== number && entry.detail[side] === ids[side];
  const joined = journal.filter(({ event, link }) => event === 'relinked' && link === number);
  return journal.filter(ended).some(({ link: other, at: endedAt }) => {
    const linked = journal.find(({ event, link }) => event === 'linked' && link === other);
    const isOfThen = (at: number) => at >= Date.parse(linked?.at ?? '') && at <= Date.parse(endedAt);
    return (
      joined.some(({ at }) => at >= endedAt) &&
      changes.some(
        ({ actor, after, sent, at }) =>
          actor === 'engine' &&
          keyOfRow(after) === record &&
          sent[name] !== undefined &&
          at >= editedAt &&
          isOfThen(at),
      )
    );
  });
}

/**
 * A product that took nothing of a write may show nothing of the field for a while, too (A62): read back then, that is its
 * form of what was sent (R13), and what it shows afterwards an edit of it.
 */
function wasReadBackBlank(
  { rows, products: { changes } }: Site,
  link: Link,
  side: Side,
  name: Field,
  value: FieldValue | undefined,
): boolean {
  const record = keyOfRow({ side, kind: link.kind, id: link.ids[side] ?? '' });
  const own = changes.filter(({ after }) => keyOfRow(after) === record);
  return own.some((written) => {
    if (written.actor !== 'engine' || !written.ignored.includes(name)) return false;
    if (plain(name, written.sent[name]) !== plain(name, value)) return false;
    const blanked = own.find(
      ({ actor, sent, at }) => actor === 'vendor' && at >= written.at && sent[name] === '',
    );
    return rows.journal.some(
      ({ event, link: of, side: on, at, detail }) =>
        event === 'updated' &&
        of === link.number &&
        on === side &&
        blanked !== undefined &&
        Date.parse(at) >= blanked.at &&
        Array.isArray(detail.reformatted) &&
        detail.reformatted.includes(name),
    );
  });
}

/** A stale reading may show a value only after it was written over (A10). */
function wasShownInTime(
  site: Site,
  row: Pick<Row, 'side' | 'kind' | 'id'>,
  name: Field,
  { value, at }: { readonly value: FieldValue | undefined; readonly at: number },
): boolean {
  const shownAt = site.shown.get(shownKey(row, name, value)) ?? Infinity;
  return shownAt <= (writtenOver(site, keyOfRow(row), name, at)?.at ?? Infinity) && shownAt < Infinity;
}

function writtenOver(
  { products }: Pick<Site, 'products'>,
  record: string,
  name: Field,
  editedAt: number,
): Change | undefined {
  return products.changes.find(
    ({ actor, after, sent, at }) =>
      actor === 'engine' && keyOfRow(after) === record && sent[name] !== undefined && at >= editedAt,
  );
}

/**
 * No vendor takes a write on condition, so a write may meet an edit that came after the last reading (A19), and nobody
 * keeps what no decision knew of. But a live write reads its target first: then an edit of before that is known.
 */
export function wasToBeLookedAt(
  site: Pick<Site, 'products' | 'calls'>,
  record: string,
  name: Field,
  editedAt: number,
): boolean {
  const over = writtenOver(site, record, name, editedAt);
  const by = site.calls.find(
    (call) =>
      over !== undefined &&
      call.what === 'write' &&
      call.record === record &&
      call.at <= over.at &&
      call.until >= over.at,
  )?.by;
  if (by?.name !== 'apply') return false;
  return (by.input as ApplyInput).priority <= 2 && editedAt < by.from - longestUnseenMs;
}

/** So long before the write's turn a target may have been read last, and so much may that reading have been stale. */
export const longestUnseenMs = 2_000 + 2_000 + 500;

/** In the story of this link, or of an earlier one that the record was in. */
function isKept({ rows }: Site, link: Link, name: Field, value: unknown): boolean {
  const isOf = (number: number) => {
    const other = rows.links.get(number)?.link;
    return other?.kind === link.kind && sides.some((side) => other.ids[side] === link.ids[side]);
  };
  return rows.journal.some(
    ({ event, link: of, detail }) =>
      event === 'conflict' &&
      isOf(of) &&
      detail.field === name &&
      plain(name, detail.value as string) === plain(name, value as string),
  );
}

/** R17: a link that a merge moved has another record's story. */
export function isMoved({ rows }: Pick<Site, 'rows'>, link: Link): boolean {
  return rows.journal.some(
    ({ event, link: of, detail }) => event === 'merged' && of === link.number && detail.from !== undefined,
  );
}
