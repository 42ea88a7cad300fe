/** R32: a person is forgotten: no value of them is kept; ids, times, reasons and the link's outcome stay. */
import { sql } from 'kysely';
import { breakLink } from './breaks';
import { conflictValues } from './conflicts';
import { numbersHoldingAny, withMerged } from './link-rows';
import { numbersHolding } from './locked-links';
import { refRows } from './lookups';
import { OperationRefused, refsOf, tell, type Frame } from './operation-frame';
import { keyOf, type Ref } from './record-rows';

/**
 * The link is broken for good, and what is read of the records from now on leaves no value behind (`record-pages.ts`):
 * they are known as there or gone, by their ids alone.
 */
export async function forget(frame: Frame): Promise<void> {
  const { tx, site, link } = frame;
  if (link.kind !== 'customer') throw new OperationRefused('not_choosable');
  const refs = await ownRecords(frame);
  if (link.phase === 'lone' || link.phase === 'active') {
    await breakLink(tx, site, link, { reason: 'forgotten', side: null, causeLink: null }, null);
  }
  await blankRecords(frame, refs);
  await blankLinks(frame, refs);
  await tell(frame, 'forgotten', { ...link.ids });
}

/** A tombstone's record may be another person's by now, or the same one's of another link: what that holds stays with it. */
async function ownRecords({ tx, site, link }: Frame): Promise<readonly Ref[]> {
  const refs = refsOf(link);
  const holding = await numbersHolding(tx, site, link.kind, refs);
  return refs.filter((ref) => (holding.get(keyOf(ref)) ?? link.number) === link.number);
}

async function blankRecords({ tx, site }: Frame, refs: readonly Ref[]): Promise<void> {
  await sql`
    insert into forgotten (site, side, id) select ${site}, x.side, x.id from ${refRows(refs)}
    on conflict do nothing`.execute(tx);
  await sql`
    update records r set fields = '{}', changed_at = '{}', created_by = null, updated_by = null, decided = true
    from ${refRows(refs)}
    where r.site = ${site} and r.kind = 'customer' and r.side = x.side and r.id = x.id`.execute(tx);
  await sql`
    delete from record_keys k using ${refRows(refs)}
    where k.site = ${site} and k.kind = 'customer' and k.side = x.side and k.id = x.id`.execute(tx);
  await sql`
    update planned p set name = '', fingerprint = '' from ${refRows(refs)}
    where p.site = ${site} and p.kind = 'customer'
      and (x.side = 'teamwork' and p.teamwork_id = x.id or x.side = 'desk' and p.desk_id = x.id)`.execute(tx);
}

/** The link, the tombstones that these records left before, and all that was merged into any of them. */
async function blankLinks({ tx, site, link }: Frame, refs: readonly Ref[]): Promise<void> {
  const rows = sql`select ${link.number}::bigint union ${numbersHoldingAny(site, link.kind, refs)}`;
  const ofPerson = withMerged(site, sql`(${rows})`);
  await sql`
    update links set teamwork_base = '{}', desk_base = '{}', choices = '{}', notes = '[]', version = version + 1
    where site = ${site} and number in ${ofPerson}`.execute(tx);
  await sql`
    update intents set sent = '{}', source_base = '{}', base = case when base is not null then '{}'::jsonb end
    where site = ${site} and link in ${ofPerson}`.execute(tx);
  await sql`delete from plans where site = ${site} and link in ${ofPerson}`.execute(tx);
  // The one change that the journal allows, and in this transaction only.
  await sql`select set_config('teamwork_desk_sync.forgetting', 'on', true)`.execute(tx);
  await sql`
    update journal set detail = detail - ${conflictValues}::text[]
    where site = ${site} and link in ${ofPerson} and detail ?| ${conflictValues}::text[]`.execute(tx);
  await sql`select set_config('teamwork_desk_sync.forgetting', 'off', true)`.execute(tx);
}
