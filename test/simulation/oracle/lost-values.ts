/** I6: what a user wrote last on a side is there, or a later edit stands, or the journal keeps it. */
import { fieldsOf, sides, type Field } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { shownKey } from '../products/side-api';
import { nameOf } from './agreement';
import { plain } from './same';

export function lostValues(site: Site): string[] {
  const pairs = [...site.rows.links.values()]
    .map(({ link }) => link)
    .filter((link) => link.phase === 'active' && link.status === 'in_sync' && !isMoved(site, link));
  return pairs.flatMap((link) =>
    fieldsOf[link.kind].flatMap((name) => {
      const isSkipped = name === 'company' || name === 'alternativeEmails' || name === 'avatar';
      return isSkipped || link.notes.some((note) => note.field === name) ? [] : lostOf(site, link, name);
    }),
  );
}

function lostOf(site: Site, link: Link, name: Field): string[] {
  const edits = sides.flatMap((side) => {
    const own = site.products.changes.filter(
      ({ actor, after, before, sent }) =>
        actor === 'user' &&
        after.side === side &&
        after.kind === link.kind &&
        after.id === link.ids[side] &&
        (before === null ||
          (sent[name] !== undefined && plain(name, before.fields[name]) !== plain(name, after.fields[name]))),
    );
    const last = own.at(-1);
    // Every value that a user of this side replaced by another one.
    const values = own.flatMap(({ before }) => (before === null ? [] : [plain(name, before.fields[name])]));
    return last === undefined ? [] : [{ side, at: last.at, value: last.after.fields[name], values }];
  });
  const final = site.products.get('teamwork', link.kind, link.ids.teamwork ?? '')?.fields[name];
  const latest = Math.max(...edits.map(({ at }) => at));
  return edits.flatMap(({ side, at, value }) => {
    // Who changed that very value on the other side changed it here, too.
    const isChangedThere = edits.some(
      (other) => other.side !== side && other.values.includes(plain(name, value)),
    );
    const isSuperseded = at < latest || isChangedThere;
    if (plain(name, value) === plain(name, final) || isSuperseded || plain(name, value) === '') return [];
    // A write may meet an edit that came after the last reading (A19): nobody could keep what no decision knew of.
    const wasShown = site.shown.has(
      shownKey({ side, kind: link.kind, id: link.ids[side] ?? '' }, name, value),
    );
    if (!wasShown) site.marks.add('A19');
    return !wasShown || isKept(site, link, name, value)
      ? []
      : [
          `I6: ${nameOf(link)}: ${name} ${JSON.stringify(value)} of ${side} is lost, it is ${JSON.stringify(final)}`,
        ];
  });
}

function isKept({ rows }: Site, link: Link, name: Field, value: unknown): boolean {
  return rows.journal.some(
    ({ event, link: of, detail }) =>
      event === 'conflict' &&
      of === link.number &&
      detail.field === name &&
      plain(name, detail.value as string) === plain(name, value as string),
  );
}

/** R17: a link that a merge moved has another record's story. */
export function isMoved({ rows }: Site, link: Link): boolean {
  return rows.journal.some(
    ({ event, link: of, detail }) => event === 'merged' && of === link.number && detail.from !== undefined,
  );
}
