/** Companies of Teamwork.com, v3: every read and write of them is one call there. */
import { z } from 'zod';
import type { Fields, Observation, Scope } from '../domain/record';
import type { ChangesPage, WriteAnswer } from '../ports/apis';
import type { Permit } from '../ports/budget';
import { answeredAt } from './answered-at';
import { failed, notUnderstood, type Call } from './call';
import { companyDomains } from './company-domains';
import { secondBefore } from './moments';
import { covered, pageOf, readable, readOne, renamed, rowsIn, seeing, written } from './resource';
import type { Caller, Resource, Seen } from './resource';
import { authorId, flag, recordId, text, time } from './wire-values';

const path = '/projects/api/v3/companies.json';
const largestPage = 500;
/** No listing reaches further; the vendor's way on is a filter by time. */
const ceiling = 50_000;

const keys = { name: 'name', website: 'website', email: 'emailOne' } as const;
/** Domains are not asked for: on this side only website and email are signals (R14). */
const readKeys = ['id', ...Object.values(keys), 'isOwner', 'status', 'createdAt', 'updatedAt'];

const company = z.object({
  id: recordId,
  name: text,
  website: text,
  emailOne: text,
  isOwner: flag,
  status: text,
  createdAt: time,
  updatedAt: time,
  createdBy: authorId,
  updatedBy: authorId,
});

const paging = z.object({
  page: z.object({ hasMore: z.boolean(), count: z.int().nonnegative().optional() }),
});
const cursorForm = z.object({ page: z.int(), createdAfter: z.string().optional() });

export function teamworkCompanies(caller: Caller, ownerCompanyId: string | null): Resource {
  const { side, http } = caller;

  function observe(raw: unknown, readAt: string): Seen {
    return seeing(company, raw, (row): Observation | { problem: string } => {
      const scope = scopeOf(row.id, row.isOwner);
      if (scope === null) return { problem: 'isOwner: unread while the owner company is unknown' };
      const { website = '', emailOne = '' } = row;
      return {
        side,
        kind: 'company',
        id: row.id,
        fields: covered({ name: row.name, website: row.website, email: row.emailOne }),
        scope,
        signsIn: false,
        domains: companyDomains({ website, emails: [emailOne], domains: [] }),
        deleted: row.status === 'deleted',
        origin: 'teamwork',
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        createdBy: row.createdBy,
        updatedBy: row.updatedBy,
        readAt,
      };
    });
  }

  function scopeOf(id: string, isOwner: boolean | undefined): Scope | null {
    if (isOwner === true || id === ownerCompanyId) return 'owner';
    return isOwner === false || ownerCompanyId !== null ? 'client' : null;
  }

  async function page(permit: Permit, query: Readonly<Record<string, string>>) {
    const call: Call = {
      method: 'GET',
      path,
      query: { 'fields[companies]': readKeys.join(','), pageSize: String(largestPage), ...query },
    };
    const answer = await http(permit, call);
    const rows = rowsIn(caller, call, answer, 'companies').map((raw) => observe(raw, permit.grantedAt));
    const meta = paging.safeParse(answer.body.meta);
    if (!meta.success) throw notUnderstood(side, call, answer.status, 'no paging in meta.page');
    return { call, answer, rows, ...meta.data.page };
  }

  async function list(
    permit: Permit,
    cursor: string | null,
    only: Readonly<Record<string, string>> = {},
  ): Promise<ChangesPage> {
    const at = cursorForm.parse(cursor === null ? { page: 1 } : JSON.parse(cursor));
    const { call, answer, rows, hasMore, count } = await page(permit, {
      page: String(at.page),
      orderBy: 'id',
      orderMode: 'asc',
      ...only,
      ...(at.createdAfter === undefined ? {} : { createdAfter: at.createdAfter }),
    });
    const shown = { ...pageOf(rows), answeredAt: answeredAt(answer) };
    const total = hasMore || at.createdAfter !== undefined ? null : (count ?? null);
    if (at.page * largestPage < ceiling) {
      return { ...shown, next: hasMore ? JSON.stringify({ ...at, page: at.page + 1 }) : null, total };
    }
    // Whether the filter's boundary is inclusive is not documented: the next listing overlaps.
    const createdAfter = secondBefore(shown.observations.at(-1)?.createdAt ?? '');
    if (createdAfter <= (at.createdAfter ?? '')) {
      throw notUnderstood(side, call, answer.status, 'a listing that does not get beyond its ceiling');
    }
    return { ...shown, next: JSON.stringify({ page: 1, createdAfter }), total: null };
  }

  async function write(permit: Permit, call: Call, id: string | null): Promise<WriteAnswer> {
    const answer = await http(permit, { ...call, fieldNamed });
    return written(caller, call, answer, id, observe(answer.body.company, permit.grantedAt));
  }

  return {
    list: (permit, cursor) => list(permit, cursor),
    changes: (permit, since, cursor) => list(permit, cursor, { updatedAfter: secondBefore(since) }),
    deletions() {
      const detail = 'not sent, there is no list of deleted companies';
      return Promise.reject(failed(side, { method: 'GET', path }, 'invalid', { status: null, detail }));
    },
    async read(permit, id) {
      const call: Call = { method: 'GET', path: pathOf(id) };
      const answer = await http(permit, call);
      return readOne(caller, call, answer, id, observe(answer.body.company, permit.grantedAt));
    },
    create: (permit, values) => write(permit, { method: 'POST', path, body: bodyOf(values) }, null),
    update: (permit, id, values) =>
      write(permit, { method: 'PATCH', path: pathOf(id), body: bodyOf(values) }, id),
    /** A search by parts of the name; the caller compares. */
    async find(permit, name) {
      const { call, answer, rows, hasMore } = await page(permit, { searchTerm: name });
      if (hasMore) throw notUnderstood(side, call, answer.status, 'more candidates than one page holds');
      return readable(rows);
    },
  };
}

function pathOf(id: string): string {
  return `/projects/api/v3/companies/${id}.json`;
}

function bodyOf(values: Fields) {
  return { company: renamed(values, keys) };
}

function fieldNamed(name: string) {
  return name === 'name' || name === 'website' ? name : name === 'emailOne' ? 'email' : null;
}
