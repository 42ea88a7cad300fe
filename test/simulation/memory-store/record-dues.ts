/** News of records: each gets its link row and is due, as in `src/store/record-dues.ts`. */
import type { Kind } from '../../../src/domain/record';
import { hypotheticalLink } from '../../../src/store/link-rows';
import type { News } from '../../../src/store/record-dues';
import { keyOf, type Ref } from '../../../src/store/record-rows';
import { addDue } from './due';
import { insertLink, linksOf } from './link-rows';
import type { Memory, SiteRows } from './memory';

/** As `dueForRecords` of the store: records that somebody has news of get their link row and are due. */
export function dueForRecords(
  memory: Memory,
  rows: SiteRows,
  kind: Kind,
  refs: readonly Ref[],
  { priority, read, deleted = false }: News,
): void {
  for (const ref of refs) allocate(memory, rows, kind, ref);
  const links = linksOf(rows, kind, refs);
  for (const ref of refs) {
    const link = links.get(keyOf(ref))?.number;
    if (link === undefined) continue;
    addDue(memory, rows, [{ link, priority, run: null, at: null, read: read ? [ref.side] : [] }]);
    const due = rows.due.get(link);
    if (deleted && due !== undefined) {
      rows.due.set(link, { ...due, deleted: [...new Set([...due.deleted, ref.side])] });
    }
  }
}

/** A row for a record that has no link at all, not even a broken one. */
export function allocate(
  memory: Memory,
  rows: SiteRows,
  kind: Kind,
  ref: Ref,
  as: 'pending' | 'waiting' = 'pending',
): void {
  if (linksOf(rows, kind, [ref]).has(keyOf(ref))) return;
  insertLink(memory, rows, {
    ...hypotheticalLink(kind, ref),
    status: as,
    reason: as === 'pending' ? 'not_yet_decided' : 'company_not_yet_linked',
  });
}
