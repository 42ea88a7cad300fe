/** I30, R31: once everything is over, what is not in step has a reason, and the reason is true. */
import { otherSide, sides, type Field, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { emailsOf } from '../products/products';
import { field, keyOfRow, type Row } from '../products/rows';
import { areLinked, isUnprovable, nameOf } from './agreement';
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
  const pair = [records.teamwork, records.desk];
  if (link.status === 'waiting') return waitsForCompany(site, pair);
  if (link.status === 'question')
    return link.reason !== 'wait_for_each_other' || isTaken(site, link, records);
  if (link.status === 'suspended') return isApart(site, records);
  if (link.status !== 'failing') return true;
  if (link.reason === 'remote_ignored') return wasIgnored(site, records);
  if (link.reason === 'taken') return isTaken(site, link, records) || isAnothersMatch(site, link, records);
  return link.reason === 'refused' && isCompanyGone(site, pair);
}

/** R25: their companies are no pair, or one of them is none of the clients' people. */
function isApart(site: Truth, { teamwork, desk }: Records): boolean {
  if (teamwork === undefined || desk === undefined) return false;
  const isStaff = teamwork.scope !== 'client' || isOfStaff(site, [teamwork, desk]);
  return isStaff || !areLinked(site, field(teamwork, 'company'), field(desk, 'company'));
}

/** R16: the company is not there, or is parked itself. */
function waitsForCompany(site: Truth, people: readonly (Row | undefined)[]): boolean {
  const parkedAs = new Set(['waiting', 'question', 'failing', 'held', 'excluded', 'broken']);
  return people.some((row) => {
    if (row === undefined) return false;
    const id = field(row, 'company');
    const links = [...site.rows.links.values()]
      .map(({ link }) => link)
      .filter(({ kind }) => kind === 'company');
    return (
      site.products.get(row.side, 'company', id)?.deleted !== false ||
      links.some(
        ({ ids, phase, status }) => ids[row.side] === id && phase !== 'merged' && parkedAs.has(status),
      )
    );
  });
}

/** R23, R26: while the break of a company's link is held or cannot be proved, the record that is gone is nobody's company. */
function isCompanyGone(site: Truth, people: readonly (Row | undefined)[]): boolean {
  return people.some((row) =>
    [...site.rows.links.values()].some(
      ({ link }) =>
        row !== undefined &&
        link.kind === 'company' &&
        link.phase === 'active' &&
        (link.status === 'held' || isUnprovable(site, link)) &&
        link.ids[row.side] === field(row, 'company') &&
        site.products.get(otherSide(row.side), 'company', link.ids[otherSide(row.side)] ?? '')?.deleted ===
          true,
    ),
  );
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
function isTaken({ products, rows }: Truth, link: Link, records: Records): boolean {
  return sides.some((side) => {
    const source = records[otherSide(side)];
    if (source === undefined) return false;
    const { kind } = source;
    // As that side would keep them: names that are cut off may be the same.
    const kept = { ...source, fields: products.manners.kept(side, kind, source.fields) };
    // A value that an operator chose is on neither side yet.
    const refused = [...rows.intents.values()].findLast(
      (one) => one.link === link.number && one.side === side,
    );
    const chosen = plain('email', refused?.sent.email ?? refused?.sent.name);
    const wanted = [...namesOf(side, kept), ...(chosen === '' ? [] : [chosen])];
    return products
      .live(side, kind)
      .some(
        (row) => row.id !== records[side]?.id && namesOf(side, row).some((name) => wanted.includes(name)),
      );
  });
}

/** R14: whom somebody who stands alone is matched by an email beside, has a counterpart already. */
function isAnothersMatch({ products, rows }: Truth, { kind, phase }: Link, records: Records): boolean {
  const links = [...rows.links.values()].map((row) => row.link);
  const emails = (row: Row) => emailsOf(row).map((email) => plain('email', email));
  return sides.some((side) => {
    const own = records[otherSide(side)];
    if (own === undefined || phase !== 'lone' || kind !== 'customer') return false;
    return products
      .live(side, kind)
      .filter(({ id }) =>
        links.some((one) => one.kind === kind && one.phase === 'active' && one.ids[side] === id),
      )
      .some((row) => emails(row).includes(plain('email', own.fields.email)));
  });
}

/** What of a record is nobody else's: a company's name, a person's emails. */
function namesOf(side: Side, row: Row): string[] {
  // R5, R14: a client of that name but for its legal forms is the one that is asked for.
  if (row.kind === 'company')
    return [
      field(row, 'name')
        .trim()
        .toLowerCase()
        .replace(/(?: (?:ltd|inc))+$/, ''),
    ];
  const emails = side === 'desk' ? emailsOf(row) : [field(row, 'email')];
  return emails.map((email) => plain('email', email));
}

/** R1: one of the owner company's people, or whoever has the email of one. */
function isOfStaff({ products }: Truth, people: readonly Row[]): boolean {
  const staff = products.live('teamwork', 'customer').filter(({ scope }) => scope !== 'client');
  const theirs = staff.flatMap(emailsOf).map((email) => plain('email', email));
  return people.some((row) => emailsOf(row).some((email) => theirs.includes(plain('email', email))));
}
