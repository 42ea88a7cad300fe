/** What every operation on a link is handed in memory, and how it tells what it did, as in `src/store/operation-frame.ts`. */
import type { Link } from '../../../src/domain/link';
import { sides, type Side } from '../../../src/domain/record';
import type { JournalEvent } from '../../../src/store/journal';
import { journal } from './link-rows';
import type { Memory, SiteRows } from './memory';
import { recordRow } from './mirror';

export interface Frame {
  readonly memory: Memory;
  readonly rows: SiteRows;
  /** The operation's own id, told in the journal. */
  readonly id: string;
  readonly link: Link;
}

/** The sides on which the link's record is there, as last read. */
export function sidesThere({ rows, link: { kind, ids } }: Frame): readonly Side[] {
  return sides.filter((side) => {
    const row = recordRow(rows, kind, { side, id: ids[side] ?? '' });
    return row !== null && row.record.presence !== 'gone';
  });
}

export function tell(
  { memory, rows, id, link }: Frame,
  event: JournalEvent,
  detail: Readonly<Record<string, unknown>> = {},
  side: Side | null = null,
): void {
  journal(memory, rows, [{ link: link.number, event, side, detail: { ...detail, operation: id } }]);
}
