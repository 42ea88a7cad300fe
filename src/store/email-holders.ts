/** Who else holds the emails of some customers: staff who never sync (R1), and other persons (R8). */
import { sql } from 'kysely';
import { canonicalEmails } from '../domain/canonical';
import type { LinkView, RecordView } from '../domain/plan';
import { sides, type FieldValue, type Scope, type Side } from '../domain/record';
import { holdersOfKey, keysOfRecord, recordAt, refRows } from './lookups';
import { emailKey } from './match-keys';
import { keyed, keyOf, type Ref } from './record-rows';
import type { Tx } from './transaction';

interface Holder extends Ref {
  readonly scope: Scope;
}

/** The holders of each email key of some records, those records among them. */
export type EmailHolders = ReadonlyMap<string, readonly Holder[]>;

export async function emailHolders(
  tx: Tx,
  site: string,
  records: readonly RecordView[],
): Promise<EmailHolders> {
  const holders = new Map<string, Holder[]>();
  if (records.length === 0) return holders;
  const { rows } = await sql<Holder & { readonly key: string }>`
    select distinct k.key, o.side, o.id, r.scope
    from ${refRows(records)}
    cross join ${keysOfRecord(site, keyed('customer'))} k
    cross join ${holdersOfKey(site, { kind: sql`k.kind`, key: sql`k.key` })} o
    cross join ${recordAt(site, { kind: sql`o.kind`, side: sql`o.side`, id: sql`o.id` })} r
    where k.field in ('email', 'alternativeEmails') and r.presence <> 'gone' and not r.deleted`.execute(tx);
  for (const { key, ...holder } of rows) {
    const known = holders.get(key);
    if (known === undefined) holders.set(key, [holder]);
    else known.push(holder);
  }
  return holders;
}

type Pair = Pick<LinkView, 'records' | 'counterparts'>;

/** R1: whether the Desk customer has an email of somebody in Teamwork.com who never syncs. */
export function staffHasEmail(holders: EmailHolders, { records }: Pair): boolean {
  const { desk } = records;
  if (desk === null) return false;
  return emailsOf(desk).some((email) =>
    (holders.get(emailKey(email)) ?? []).some(({ side, scope }) => side === 'teamwork' && scope !== 'client'),
  );
}

/** Canonical emails of the link's records, or of the pair that a lone record would become, that others hold too. */
export function emailsOfOthers(holders: EmailHolders, view: Pair): string[] {
  const own = sides.flatMap((side: Side) => view.records[side] ?? []);
  const person = [...own, ...samePerson(own, view.counterparts)];
  const ours = new Set(person.map(keyOf));
  const emails = new Set(person.flatMap(emailsOf));
  return [...emails].filter((email) =>
    (holders.get(emailKey(email)) ?? []).some((holder) => !ours.has(keyOf(holder))),
  );
}

/** The counterparts that the matcher may take (R14): those with the same primary email before all others. */
function samePerson(own: readonly RecordView[], counterparts: readonly RecordView[]): readonly RecordView[] {
  const primary = new Set(own.flatMap(({ fields }) => canonicalOf(fields.email)));
  const first = counterparts.filter(({ fields }) =>
    canonicalOf(fields.email).some((email) => primary.has(email)),
  );
  return first.length > 0 ? first : counterparts;
}

function emailsOf({ fields }: RecordView): string[] {
  return [...canonicalOf(fields.email), ...canonicalOf(fields.alternativeEmails)];
}

function canonicalOf(value: FieldValue | undefined): readonly string[] {
  return value === undefined ? [] : canonicalEmails([value].flat());
}
