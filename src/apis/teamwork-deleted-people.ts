/** Teamwork.com's trash: everybody deleted within thirty days. It takes no filter, so what is older is left out here. */
import { z } from 'zod';
import { answeredAt } from './answered-at';
import type { Call } from './call';
import { wholeSecond } from './moments';
import { rowsIn, type Caller, type Resource } from './resource';
import { recordId, time } from './wire-values';

const largestPage = '250';
const deletedRow = z.object({ id: recordId, deletedDateTime: time });
const pageForm = z.int();

export function deletedPeople(caller: Caller): Resource['deletions'] {
  return async function deletions(permit, since, cursor) {
    const page = cursor === null ? 1 : pageForm.parse(JSON.parse(cursor));
    const query = { page: String(page), pageSize: largestPage };
    const call: Call = { method: 'GET', path: '/people/deleted.json', query };
    const answer = await caller.http(permit, call);
    const from = Date.parse(wholeSecond(since));
    const deleted = rowsIn(caller, call, answer, 'people').flatMap((raw) => {
      const row = deletedRow.safeParse(raw);
      if (!row.success) return [];
      const { id, deletedDateTime: at } = row.data;
      return at === null || Date.parse(at) >= from ? [{ id, at }] : [];
    });
    // Whether the list comes in pages is not documented: without a word about them it is whole.
    const pages = Number(answer.headers.get('x-pages') ?? '1');
    return { deleted, next: page < pages ? JSON.stringify(page + 1) : null, answeredAt: answeredAt(answer) };
  };
}
