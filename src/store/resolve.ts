/** What a person may mean by a record: a name, an email, `teamwork:<id>`, `desk:<id>`, a bare id or a link number. */
import { sql, type Kysely } from 'kysely';
import { kinds, sides, type Kind } from '../domain/record';
import { chainOf } from './link-rows';
import { recordAt } from './lookups';
import { emailKey, nameKey, personKey } from './match-keys';
import type { Ref } from './record-rows';
import { storable } from './storable';
import type { Database } from './tables';

export interface Named {
  readonly refs: readonly (Ref & { readonly kind: Kind })[];
  /** Links of that number, or what it was merged into. */
  readonly numbers: readonly number[];
}

export async function refsNamed(db: Kysely<Database>, site: string, text: string): Promise<Named> {
  const asked = storable(text).trim();
  const [, prefix, id] = /^(teamwork|desk):(.+)$/s.exec(asked) ?? [];
  if (id !== undefined) {
    const refs = await refsWithId(db, site, id.trim());
    return { refs: refs.filter(({ side }) => side === prefix), numbers: [] };
  }
  return {
    refs: [...(await refsWithId(db, site, asked)), ...(await refsWithKey(db, site, asked))],
    numbers: /^\d{1,15}$/.test(asked) ? await numbersOf(db, site, Number(asked)) : [],
  };
}

async function refsWithId(db: Kysely<Database>, site: string, id: string): Promise<Named['refs']> {
  const places = kinds.flatMap((kind) => sides.map((side) => sql`(${kind}, ${side})`));
  const key = { kind: sql`x.kind`, side: sql`x.side`, id: sql`${id}` };
  const { rows } = await sql<Named['refs'][number]>`
    select r.kind, r.side, r.id from (values ${sql.join(places)}) as x(kind, side)
    cross join ${recordAt(site, key)} r`.execute(db);
  return rows;
}

async function refsWithKey(db: Kysely<Database>, site: string, text: string): Promise<Named['refs']> {
  const companies = [nameKey(text)].filter((key) => key !== '');
  const customers = [personKey(text), text.includes('@') ? emailKey(text) : ''].filter((key) => key !== '');
  const { rows } = await sql<Named['refs'][number]>`
    select distinct kind, side, id from record_keys
    where site = ${site} and (kind = 'company' and key = any(${companies}::text[])
      or kind = 'customer' and key = any(${customers}::text[]))`.execute(db);
  return rows;
}

async function numbersOf(db: Kysely<Database>, site: string, number: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select c.number from ${chainOf(site, number)} c where c.merged_into is null`.execute(db);
  return rows.map((row) => row.number);
}
