/** R14: two records of one name or email that stand alone, each the other's only candidate and not told apart, are linked. */
import type { Link } from '../../../src/domain/link';
import type { Kind, Side } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import { emailsOf } from '../products/products';
import { field, type Row } from '../products/rows';
import { areLinked } from './agreement';
import { pairsToldApart } from './joined';
import { plain } from './same';

type Truth = Pick<Site, 'rows' | 'products' | 'operators'>;

export function unmatched(site: Truth): string[] {
  const apart = new Set(pairsToldApart(site).map((told) => `${told.kind} ${told.teamwork} ${told.desk}`));
  return (['company', 'customer'] as const).flatMap((kind) => {
    const desk = byName(site, 'desk', kind);
    return [...byName(site, 'teamwork', kind)].flatMap(([name, here]) => {
      const there = desk.get(name) ?? [];
      const [one, other] = [here[0], there[0]];
      if (one === undefined || other === undefined || here.length > 1 || there.length > 1) return [];
      if (kind === 'customer' && !areLinked(site, field(one, 'company'), field(other, 'company'))) return [];
      if (apart.has(`${kind} ${one.id} ${other.id}`)) return [];
      return [one, other].every((row) => standsAlone(site, row))
        ? [`R14: ${kind} teamwork:${one.id} and desk:${other.id} have one name, and are not linked`]
        : [];
    });
  });
}

/** Live records by all that identifies them: one that carries another's email is a candidate as well. */
function byName({ products }: Truth, side: Side, kind: Kind): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of products.live(side, kind)) {
    const names = kind === 'company' ? [field(row, 'name').trim().toLowerCase()] : emailsOf(row);
    for (const name of new Set(names.map((one) => plain('email', one)))) {
      found.set(name, [...(found.get(name) ?? []), row]);
    }
  }
  return found;
}

/** Never linked, and neither asked about nor held: what remained of a break stays alone (R22). */
function standsAlone({ rows }: Truth, { side, kind, id, scope }: Row): boolean {
  const own = [...rows.links.values()]
    .map(({ link }) => link)
    .filter(({ phase, kind: of, ids }) => of === kind && ids[side] === id && phase !== 'merged');
  const isWaiting = ({ status }: Link) => status === 'question' || status === 'held' || status === 'paused';
  return scope === 'client' && own.every((link) => link.phase === 'lone' && !isWaiting(link));
}
