/**
 * The listing of all people, page by page. Above the vendor's ceiling it goes on by batches of companies; the pages
 * read until then are read again there, which changes nothing.
 */
import { z } from 'zod';
import type { ChangesPage } from '../ports/apis';
import type { Permit } from '../ports/budget';
import { answeredAt } from './answered-at';
import { notUnderstood, type Call } from './call';
import type { Answer } from './http';
import { pageOf, rowsIn, type Caller, type Resource, type Seen } from './resource';

/** The largest page that the vendor's own scripts ask of this generation of listings. */
const largestPage = 250;
/** No listing reaches further. */
const ceiling = 50_000;
const companiesABatch = 100;

/** Contacts are left out unless asked for; service accounts and placeholders are asked for by the names of v3. */
export const peopleQuery = {
  fullprofile: 'true',
  includeContacts: 'true',
  includeClients: 'true',
  includeServiceAccounts: 'true',
  includePlaceholders: 'true',
  pageSize: String(largestPage),
} as const;

const cursorForm = z.object({
  page: z.int(),
  /** Set once the listing is split: batches of company ids still to be read, the first one at `page`. */
  batches: z.array(z.array(z.string())).optional(),
  /** Where the listing of companies goes on for further batches; null after its last page. */
  companies: z.string().nullable().optional(),
});
type Cursor = z.infer<typeof cursorForm>;

export function peopleListing(
  caller: Caller,
  observe: (raw: unknown, permit: Permit) => Seen,
  companies: Resource,
): (permit: Permit, cursor: string | null, only?: Readonly<Record<string, string>>) => Promise<ChangesPage> {
  const { side, http } = caller;

  return async function list(permit, text, only = {}) {
    const cursor = cursorForm.parse(text === null ? { page: 1 } : JSON.parse(text));
    return cursor.batches?.length === 0 ? nextBatches(permit, cursor) : people(permit, cursor, only);
  };

  async function people(
    permit: Permit,
    cursor: Cursor,
    only: Readonly<Record<string, string>>,
  ): Promise<ChangesPage> {
    const [batch] = cursor.batches ?? [];
    const call: Call = {
      method: 'GET',
      path: '/projects/api/v2/people.json',
      query: {
        ...peopleQuery,
        sort: 'dateAdded',
        sortOrder: 'asc',
        page: String(cursor.page),
        ...only,
        ...(batch === undefined ? {} : { companyId: batch.join(',') }),
      },
    };
    const answer = await http(permit, call);
    const rows = rowsIn(caller, call, answer, 'people');
    const total = countIn(answer, 'x-records');
    const more = cursor.page < (countIn(answer, 'x-pages') ?? (rows.length === 0 ? 0 : Infinity));
    const atCeiling = (total ?? (more ? cursor.page * largestPage : 0)) >= ceiling;
    if (atCeiling && batch?.length === 1) {
      throw notUnderstood(side, call, answer.status, 'one company with more people than a listing holds');
    }
    const next = atCeiling ? split(cursor) : more ? { ...cursor, page: cursor.page + 1 } : afterBatch(cursor);
    return {
      ...pageOf(rows.map((raw) => observe(raw, permit))),
      next: next === null ? null : JSON.stringify(next),
      total: batch === undefined && !atCeiling ? total : null,
      answeredAt: answeredAt(answer),
    };
  }

  /** A page of companies makes the next batches, and shows nobody yet. */
  async function nextBatches(permit: Permit, cursor: Cursor): Promise<ChangesPage> {
    const page = await companies.list(permit, cursor.companies ?? null);
    const ids = [...page.observations, ...page.unreadable].map(({ id }) => id).filter((id) => id !== '');
    const batches: string[][] = [];
    for (let at = 0; at < ids.length; at += companiesABatch)
      batches.push(ids.slice(at, at + companiesABatch));
    const done = page.next === null && batches.length === 0;
    const next: Cursor = { page: 1, batches, companies: page.next };
    const shown = { observations: [], unreadable: [], total: null, answeredAt: null };
    return { ...shown, next: done ? null : JSON.stringify(next) };
  }
}

/** The whole listing into batches of companies, a batch into its halves. */
function split(cursor: Cursor): Cursor {
  const [batch, ...rest] = cursor.batches ?? [];
  if (batch === undefined) return { page: 1, batches: [] };
  const half = Math.ceil(batch.length / 2);
  return { ...cursor, page: 1, batches: [batch.slice(0, half), batch.slice(half), ...rest] };
}

/** The next batch, or more of them, or the end. */
function afterBatch({ batches, companies }: Cursor): Cursor | null {
  const rest = batches?.slice(1) ?? [];
  if (rest.length === 0 && typeof companies !== 'string') return null;
  return { page: 1, batches: rest, companies };
}

function countIn({ headers }: Answer, name: string): number | null {
  const text = headers.get(name) ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}
