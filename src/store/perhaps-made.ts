/** R15: which records a create whose answer was lost may have made; of each it is a question whether it has (R14). */
import { sql } from 'kysely';
import { otherSide, type Kind, type Side } from '../domain/record';
import { addDueLinks } from './due';
import { lockLinks, numbersHolding } from './locked-links';
import { keysOfRecord, linkHolding } from './lookups';
import type { Tx } from './transaction';

interface LostCreate {
  readonly kind: Kind;
  readonly side: Side;
  readonly ids: Readonly<Record<Side, string | null>>;
}

/** Answers the records that are asked about: none that is linked, or that has what another create just gives a record. */
export async function askWhetherMade(
  tx: Tx,
  site: string,
  { kind, side, ids }: LostCreate,
  perhaps: readonly string[],
): Promise<readonly string[]> {
  const source = ids[otherSide(side)];
  if (perhaps.length === 0 || source === null || ids[side] !== null) return [];
  const own = keysOfRecord(site, { kind: sql`${kind}`, side: sql`${side}`, id: sql`x.id` });
  const { rows } = await sql<{ id: string }>`
    select x.id from unnest(${perhaps}::text[]) as x(id)
    where not exists (select from ${linkHolding(site, sql`${kind}`, side, sql`x.id`)} l where l.phase = 'active')
      and not exists (
        select from ${own} k
        join identity_claims c on c.site = ${site} and c.kind = ${kind} and c.key = k.key
        join intents i on i.site = c.site and i.id = c.intent and i.action = 'create' and i.side = ${side}
        where k.field in ('name', 'email'))`.execute(tx);
  const asked = rows.map(({ id }) => id);
  const pairs = asked.map((id) => (side === 'teamwork' ? [id, source] : [source, id]));
  await sql`
    insert into answers (site, kind, teamwork, desk, verdict)
    select ${site}, ${kind}, x.teamwork, x.desk, 'perhaps'
    from unnest(${pairs.map(([one]) => one)}::text[], ${pairs.map(([, two]) => two)}::text[]) as x(teamwork, desk)
    on conflict do nothing`.execute(tx);
  const refs = asked.map((id) => ({ side, id }));
  await decideAnew(tx, site, [...(await numbersHolding(tx, site, kind, refs)).values()]);
  return asked;
}

/** What is just being decided of them was decided without the question. */
async function decideAnew(tx: Tx, site: string, numbers: readonly number[]): Promise<void> {
  await lockLinks(tx, site, numbers, 'wait');
  await sql`
    update links set version = version + 1
    where site = ${site} and number = any(${numbers}::bigint[]) and phase = 'lone'`.execute(tx);
  const due = { priority: 2 as const, run: null, at: null, read: [] };
  await addDueLinks(
    tx,
    site,
    numbers.map((link) => ({ link, ...due })),
  );
}
