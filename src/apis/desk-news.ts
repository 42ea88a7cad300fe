/** What is new in one of Desk's listings. A delete does not move `updatedAt`, so it is asked for by its own time. */
import { z } from 'zod';
import { answeredAt } from './answered-at';
import type { Call } from './call';
import { listDesk, type DeskListing } from './desk-listing';
import { wholeSecond } from './moments';
import { rowsIn, type Caller, type Resource } from './resource';
import { recordId, text, time } from './wire-values';

const deletedRow = z.object({ id: recordId, state: text, deletedAt: time });

export function deskNews(caller: Caller, listing: DeskListing): Pick<Resource, 'changes' | 'deletions'> {
  return {
    async changes(permit, since, cursor) {
      const only = { updatedAt: { $gte: wholeSecond(since) } };
      const { answer, ...page } = await listDesk(caller, listing, permit, cursor, only);
      return { ...page, answeredAt: answeredAt(answer) };
    },

    /** A row that does not say itself that it is deleted is none: a filter that was ignored shows everything. */
    async deletions(permit, since, cursor) {
      const only = { state: 'deleted', deletedAt: { $gte: wholeSecond(since) } };
      const { answer, next } = await listDesk(caller, listing, permit, cursor, only);
      const call: Call = { method: 'GET', path: `/${listing.root}.json` };
      const deleted = rowsIn(caller, call, answer, listing.root).flatMap((raw) => {
        const row = deletedRow.safeParse(raw);
        if (!row.success || row.data.state !== 'deleted') return [];
        return [{ id: row.data.id, at: row.data.deletedAt }];
      });
      return { deleted, next, answeredAt: answeredAt(answer) };
    },
  };
}
