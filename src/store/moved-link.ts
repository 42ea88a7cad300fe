/** A link goes over to the survivor of a merge in Desk (R17); its base stays, for the three-way merge that follows. */
import { sql } from 'kysely';
import type { Link } from '../domain/link';
import { journal } from './journal';
import type { LockedLink } from './locked-links';
import { mergeInto } from './merged-rows';
import { wakeRivals } from './rivals';
import type { Tx } from './transaction';

/** `other`: the survivor's own row, of a record that stood alone. */
export async function moveToSurvivor(
  tx: Tx,
  site: string,
  { link, other, to }: { readonly link: Link; readonly other: LockedLink | null; readonly to: string },
  run: string | null,
): Promise<void> {
  if (other !== null) {
    await mergeInto(tx, site, link.number, { link: other.number, side: 'desk', run });
    await sql`delete from questions where site = ${site} and link = ${other.number}`.execute(tx);
  }
  await sql`
    update links set desk_id = ${to}, status = 'pending', reason = 'changes_to_write', version = version + 1
    where site = ${site} and number = ${link.number}`.execute(tx);
  const { desk } = link.ids;
  const refs = [to, ...(desk === null ? [] : [desk])].map((id) => ({ side: 'desk' as const, id }));
  await wakeRivals(tx, site, link.kind, refs, run);
  await journal(tx, site, [
    { link: link.number, event: 'merged', side: 'desk', run, detail: { from: link.ids.desk, to } },
  ]);
}
