/**
 * Desk's listings, walked by id: as many calls as plain pages, but nothing is skipped or seen twice when records come
 * and go meanwhile, and no ceiling.
 */
import { z } from 'zod';
import type { ListingPage } from '../ports/apis';
import type { Permit } from '../ports/budget';
import { notUnderstood, type Call } from './call';
import type { Answer } from './http';
import { idIn, pageOf, rowsIn, type Caller, type Seen } from './resource';

/** Desk cuts anything larger to this. */
const largestPage = 100;

const paging = z.object({ hasMorePages: z.boolean(), records: z.int().nonnegative().optional() });
const cursorForm = z.object({ after: z.string(), seen: z.int() });

/** What a listing asks for and how its rows are read. */
export interface DeskListing {
  readonly root: 'companies' | 'customers';
  /** The relations to be sent along. */
  readonly includes: string;
  /** Reads the rows of one answer, with what it includes. */
  readonly observe: (rows: readonly unknown[], answer: Answer, permit: Permit) => readonly Seen[];
}

export async function listDesk(
  caller: Caller,
  { root, includes, observe }: DeskListing,
  permit: Permit,
  cursor: string | null,
  only: Readonly<Record<string, unknown>> = {},
): Promise<ListingPage & { readonly answer: Answer }> {
  const { after, seen } = cursorForm.parse(cursor === null ? { after: '0', seen: 0 } : JSON.parse(cursor));
  const call: Call = {
    method: 'GET',
    path: `/${root}.json`,
    query: {
      page: '1',
      pageSize: String(largestPage),
      orderBy: 'id',
      orderMode: 'asc',
      includes,
      ...filterOf(only, after),
    },
  };
  const answer = await caller.http(permit, call);
  const wrong = (detail: string) => notUnderstood(caller.side, call, answer.status, detail);
  const rows = rowsIn(caller, call, answer, root);
  const pages = paging.safeParse(answer.body.pagination);
  if (!pages.success) throw wrong('no pagination');
  const { hasMorePages, records } = pages.data;
  const ids = rows
    .map(idIn)
    .filter((id) => id !== '')
    .map(BigInt);
  if (ids.some((id) => id <= BigInt(after))) throw wrong('ids before the point that was asked for');
  const last = ids.reduce((highest, id) => (id > highest ? id : highest), BigInt(after));
  if (hasMorePages && last === BigInt(after)) throw wrong('more records announced and none shown');
  const next = hasMorePages ? JSON.stringify({ after: String(last), seen: seen + rows.length }) : null;
  return {
    ...pageOf(observe(rows, answer, permit)),
    next,
    total: records === undefined ? null : seen + records,
    answer,
  };
}

/** An id may be larger than a JSON number of ours holds, so it is put in as its digits. */
function filterOf(only: Readonly<Record<string, unknown>>, after: string): { readonly filter?: string } {
  const parts = Object.entries(only).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  if (after !== '0') parts.push(`"id":{"$gt":${after}}`);
  return parts.length === 0 ? {} : { filter: `{${parts.join(',')}}` };
}
