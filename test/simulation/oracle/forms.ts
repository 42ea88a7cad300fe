/** I21, R13: what a side has is its base, and where that is another form than the other side's, the journal says so. */
import { fieldsOf, sides, type Field, type FieldValue } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { texts, type Row } from '../products/rows';
import { nameOf } from './agreement';
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

/** The engine said that the vendor keeps this field in a form of its own. */
export function isToldForm({ rows }: Pick<Site, 'rows'>, link: Link, name: Field): boolean {
  return rows.journal.some(
    ({ link: of, detail }) =>
      of === link.number && Array.isArray(detail.reformatted) && detail.reformatted.includes(name),
  );
}
