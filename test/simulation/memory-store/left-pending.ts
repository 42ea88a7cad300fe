/** Links that are pending and not due, as `src/store/left-pending.ts` finds them. */
import { refsOf } from './link-rows';
import { rowKey, type SiteRows } from './memory';

export function decideLeftPending(rows: SiteRows): void {
  for (const { link } of rows.links.values()) {
    const isLeft = link.status === 'pending' && (link.phase === 'lone' || link.phase === 'active');
    if (!isLeft || rows.due.has(link.number)) continue;
    for (const { side, id } of refsOf(link.ids)) {
      const key = rowKey(link.kind, side, id);
      const row = rows.records.get(key);
      if (row?.decided === true) rows.records.put(key, { ...row, decided: false });
    }
  }
}
