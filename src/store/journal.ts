/** The account of everything that happens to a link. Rows are added and never changed (R31). */
import { sql } from 'kysely';
import type { Side } from '../domain/record';
import { jsonb } from './storable';
import type { Tx } from './transaction';
import { workflowAtWork } from './workflow-at-work';

export type JournalEvent =
  | 'decided'
  | 'linked'
  | 'merged'
  | 'conflict'
  | 'created'
  | 'updated'
  | 'adopted'
  | 'refused'
  | 'ignored'
  | 'unknown'
  | 'no_effect'
  | 'broken'
  | 'approved'
  | 'rejected'
  | 'paused'
  | 'resumed'
  | 'unlinked'
  | 'relinked'
  | 'restored'
  | 'retried'
  | 'asked'
  | 'answered'
  | 'chosen'
  | 'forgotten';

/** `detail` holds ids, field names and reasons; values only in a `conflict` (`conflicts.ts`). */
export interface Entry {
  readonly link: number;
  readonly event: JournalEvent;
  readonly side?: Side | null;
  readonly run?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export async function journal(tx: Tx, site: string, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const workflow = workflowAtWork.getStore();
  await sql`
    insert into journal (site, link, event, side, run, detail, workflow_id, workflow_run)
    select ${site}, e.link, e.event, e.side, e.run, coalesce(e.detail, '{}'), ${workflow?.id ?? null},
      ${workflow?.run ?? null}
    from jsonb_to_recordset(${jsonb(entries)})
      as e(link bigint, event text, side text, run text, detail jsonb)`.execute(tx);
}
