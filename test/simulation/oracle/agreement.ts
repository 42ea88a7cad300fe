/** I1, I8, I30: what is said to be in step is, what is not has a reason, and nothing is left half done. */
import { fieldsOf, sides } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { field, texts, type Row } from '../products/rows';
import { isToldForm } from './forms';
import { plain, same } from './same';

export function agreement(site: Site): string[] {
  return [...site.rows.links.values()].flatMap(({ link }) => {
    if (link.phase === 'merged' || link.phase === 'broken') return [];
    if (link.status === 'pending' && !isUnprovable(site, link))
      return [`I30: ${nameOf(link)} is left pending, ${String(link.reason)}`];
    return link.phase === 'active' ? ofPair(site, link) : ofLone(site, link);
  });
}

export function nameOf({ kind, ids, number }: Link): string {
  return `link ${number} (${kind} teamwork:${ids.teamwork ?? '-'} desk:${ids.desk ?? '-'})`;
}

/**
 * R23: "gone" is believed while another linked record of that side answers. Where every other one is deleted as well,
 * nobody can tell that from a credential that sees nothing any more, and no link breaks.
 */
export function isUnprovable({ products, rows }: Pick<Site, 'products' | 'rows'>, link: Link): boolean {
  const gone = sides.filter((side) => products.get(side, link.kind, link.ids[side] ?? '')?.deleted === true);
  const others = [...rows.links.values()]
    .map((row) => row.link)
    .filter(({ phase, number }) => phase === 'active' && number !== link.number);
  return gone.some((side) => {
    const known = others.flatMap(({ kind, ids }) => products.get(side, kind, ids[side] ?? '') ?? []);
    return known.length > 0 && known.every(({ deleted }) => deleted);
  });
}

function ofPair(site: Site, link: Link): string[] {
  const teamwork = site.products.get('teamwork', link.kind, link.ids.teamwork ?? '');
  const desk = site.products.get('desk', link.kind, link.ids.desk ?? '');
  if (teamwork === undefined || desk === undefined)
    return [`I3: ${nameOf(link)} has a record that never was`];
  if (teamwork.deleted || desk.deleted) {
    // R26: a break among too many waits for an operator.
    if (link.status === 'held' || isUnprovable(site, link)) return [];
    return [`R18-R21: ${nameOf(link)} is ${link.status}, and a record of it is deleted`];
  }
  if (link.status !== 'in_sync') return [];
  const excused = new Set(link.notes.map((note) => note.field));
  return fieldsOf[link.kind].flatMap((name) => {
    if (excused.has(name)) return [];
    const agree =
      name === 'company'
        ? areLinked(site, field(teamwork, 'company'), field(desk, 'company'))
        : same(name, teamwork.fields[name], desk.fields[name]) ||
          isToldForm(site, link, name, [teamwork, desk]) ||
          (name === 'alternativeEmails' && excused.has('email') && haveSameEmails(teamwork, desk));
    return agree
      ? []
      : [
          `I1: ${nameOf(link)} differs in ${name}: ${JSON.stringify([teamwork.fields[name], desk.fields[name]])}`,
        ];
  });
}

/** R27: where each side keeps its primary email, that is no alternative one there, and may be one on the other side. */
function haveSameEmails(one: Row, other: Row): boolean {
  const primary = [one, other].map((row) => plain('email', row.fields.email));
  const rest = ({ fields }: Row) =>
    texts(fields.alternativeEmails).filter((email) => !primary.includes(plain('email', email)));
  return same('alternativeEmails', rest(one), rest(other));
}

export function areLinked({ rows }: Pick<Site, 'rows'>, teamwork: string, desk: string): boolean {
  return [...rows.links.values()].some(
    ({ link }) =>
      link.kind === 'company' &&
      link.phase === 'active' &&
      link.ids.teamwork === teamwork &&
      link.ids.desk === desk,
  );
}

/** R4: a client of Teamwork.com, and a whole person of a linked one, are not left alone without a reason. */
function ofLone({ products, rows }: Site, link: Link): string[] {
  const row = products.get('teamwork', link.kind, link.ids.teamwork ?? '');
  if (row === undefined || row.deleted || row.scope !== 'client') return [];
  if (link.status !== 'excluded') return [];
  if (link.kind === 'company') return [`R4: ${nameOf(link)} is alone: ${String(link.reason)}`];
  const number = rows.holding.get(`company teamwork ${field(row, 'company')}`);
  const parent = number === undefined ? undefined : rows.links.get(number)?.link;
  const isWhole = ['firstName', 'lastName', 'email'].every((name) => field(row, name as 'email') !== '');
  if (parent?.phase !== 'active' || !isWhole) return [];
  return [`R4: ${nameOf(link)} is alone in a linked company: ${String(link.reason)}`];
}
