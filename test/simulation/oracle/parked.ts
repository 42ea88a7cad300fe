/** I30, R31: once everything is over, what is not in step has a reason, and the reason is true. */
import { otherSide, sides, type Field, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { emailsOf } from '../products/products';
import { field, keyOfRow, type Row } from '../products/rows';
import { areLinked, nameOf } from './agreement';
import { plain, same } from './same';

type Truth = Pick<Site, 'rows' | 'products'>;
type Records = Readonly<Record<Side, Row | undefined>>;

export function parked(site: Truth): string[] {
  return [...site.rows.links.values()].flatMap(({ link }) => {
    if (link.phase === 'merged' || link.phase === 'broken') return [];
    const records = {
      teamwork: site.products.get('teamwork', link.kind, link.ids.teamwork ?? ''),
      desk: site.products.get('desk', link.kind, link.ids.desk ?? ''),
    };
    if (sides.some((side) => records[side]?.deleted === true)) return [];
    return hasGround(site, link, records)
      ? []
      : [`R31: ${nameOf(link)} is ${link.status}, ${String(link.reason)}, and that is not so`];
  });
}

function hasGround(site: Truth, link: Link, records: Records): boolean {
  const { teamwork, desk } = records;
  switch (link.status) {
    case 'waiting':
      return false;
    case 'failing':
      return link.reason === 'remote_ignored'
        ? wasIgnored(site, records)
        : link.reason === 'taken' && isTaken(site, records);
    case 'question':
      return link.reason !== 'wait_for_each_other' || isTaken(site, records);
    case 'suspended':
      if (teamwork === undefined || desk === undefined) return false;
      return (
        teamwork.scope !== 'client' ||
        isOfStaff(site, [teamwork, desk]) ||
        !areLinked(site, field(teamwork, 'company'), field(desk, 'company'))
      );
    default:
      return true;
  }
}

/** The product accepted the other side's value, changed nothing, and would not take it now. */
function wasIgnored({ products }: Truth, records: Records): boolean {
  return sides.some((side) => {
    const [row, source] = [records[side], records[otherSide(side)]];
    if (row === undefined || source === undefined) return false;
    return (Object.keys(row.fields) as Field[]).some((name) => {
      if (same(name, row.fields[name], source.fields[name])) return false;
      const written = products.changes.findLast(
        ({ actor, after, sent }) =>
          actor === 'engine' && keyOfRow(after) === keyOfRow(row) && sent[name] !== undefined,
      );
      if (written === undefined || same(name, written.sent[name], written.after.fields[name])) return false;
      // In its own form the new value may be the old one: then it is there, and no reading shows it.
      const isSameForm =
        !written.ignored.includes(name) &&
        same(name, written.before?.fields[name], written.after.fields[name]);
      return isSameForm || products.manners.isIgnoring(row, name);
    });
  });
}

/** Somebody else on the other side has the name or the email that is to be written there. */
function isTaken({ products }: Truth, records: Records): boolean {
  return sides.some((side) => {
    const source = records[otherSide(side)];
    if (source === undefined) return false;
    const { kind } = source;
    // As that side would keep them: names that are cut off may be the same.
    const kept = { ...source, fields: products.manners.kept(side, kind, source.fields) };
    const wanted = namesOf(otherSide(side), kept);
    return products
      .live(side, kind)
      .some(
        (row) => row.id !== records[side]?.id && namesOf(side, row).some((name) => wanted.includes(name)),
      );
  });
}

/** What of a record is nobody else's: a company's name, a person's emails. */
function namesOf(side: Side, row: Row): string[] {
  if (row.kind === 'company') return [field(row, 'name').trim().toLowerCase()];
  const emails = side === 'desk' ? emailsOf(row) : [field(row, 'email')];
  return emails.map((email) => plain('email', email));
}

/** R1: one of the owner company's people, or whoever has the email of one. */
function isOfStaff({ products }: Truth, people: readonly Row[]): boolean {
  const staff = products.live('teamwork', 'customer').filter(({ scope }) => scope !== 'client');
  const theirs = staff.flatMap(emailsOf).map((email) => plain('email', email));
  return people.some((row) => emailsOf(row).some((email) => theirs.includes(plain('email', email))));
}
