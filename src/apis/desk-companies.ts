/** Companies of Desk. `createInProjects` is never sent (R5). */
import { z } from 'zod';
import type { Fields, Observation } from '../domain/record';
import type { WriteAnswer } from '../ports/apis';
import type { Permit } from '../ports/budget';
import type { Call } from './call';
import { companyDomains } from './company-domains';
import { domainsIn, related } from './desk-included';
import { listDesk, type DeskListing } from './desk-listing';
import { deskNews } from './desk-news';
import type { Answer } from './http';
import { covered, readable, readOne, renamed, rowsIn, seeing, written } from './resource';
import type { Caller, Resource, Seen } from './resource';
import { authorId, recordId, references, text, time } from './wire-values';

const path = '/companies.json';
const keys = { name: 'name', website: 'website', email: 'email' } as const;
const includes = 'domains';
const largestLookUp = '100';

const company = z.object({
  id: recordId,
  name: text,
  website: text,
  email: text,
  domains: references.catch(undefined),
  state: text,
  createdAt: time,
  updatedAt: time,
  createdBy: authorId,
  updatedBy: authorId,
});

export function deskCompanies(caller: Caller): Resource {
  const { side, http } = caller;

  function observe(raw: unknown, answer: Answer, { grantedAt }: Permit): Seen {
    const domains = domainsIn(answer);
    return seeing(company, raw, (row): Observation => {
      const { website = '', email = '' } = row;
      const names = (related(domains, row.domains) ?? []).map(({ name = '' }) => name);
      return {
        side,
        kind: 'company',
        id: row.id,
        fields: covered({ name: row.name, website: row.website, email: row.email }),
        scope: 'client',
        signsIn: false,
        domains: companyDomains({ website, emails: [email], domains: names }),
        deleted: row.state === 'deleted',
        origin: row.createdBy === null ? 'unknown' : 'desk',
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        createdBy: row.createdBy,
        updatedBy: row.updatedBy,
        readAt: grantedAt,
      };
    });
  }

  const observeAll = (rows: readonly unknown[], answer: Answer, permit: Permit) =>
    rows.map((raw) => observe(raw, answer, permit));

  const listing: DeskListing = { root: 'companies', includes, observe: observeAll };

  async function write(permit: Permit, call: Call, id: string | null): Promise<WriteAnswer> {
    const answer = await http(permit, { ...call, query: { includes }, fieldNamed });
    return written(caller, call, answer, id, observe(answer.body.company, answer, permit));
  }

  return {
    async list(permit, cursor) {
      const { answer, ...page } = await listDesk(caller, listing, permit, cursor);
      return { ...page, vendorSyncSigns: tiedByVendor(answer) };
    },
    ...deskNews(caller, listing),
    async read(permit, id) {
      const call: Call = { method: 'GET', path: pathOf(id), query: { includes } };
      const answer = await http(permit, call);
      return readOne(caller, call, answer, id, observe(answer.body.company, answer, permit));
    },
    create: (permit, values, { domains = [] } = {}) =>
      write(permit, { method: 'POST', path, body: { ...bodyOf(values), ...includedOf(domains) } }, null),
    update: (permit, id, values) =>
      write(permit, { method: 'PATCH', path: pathOf(id), body: bodyOf(values) }, id),
    async find(permit, name) {
      const filter = JSON.stringify({ name: { $eq: name } });
      const call: Call = { method: 'GET', path, query: { filter, includes, pageSize: largestLookUp } };
      const answer = await http(permit, call);
      return readable(observeAll(rowsIn(caller, call, answer, 'companies'), answer, permit));
    },
  };
}

/** Companies with a domain that Desk itself ties to a Teamwork.com company: a sign of the vendor's own sync (R33). */
function tiedByVendor(answer: Answer): number {
  const domains = domainsIn(answer);
  const rows = Array.isArray(answer.body.companies) ? (answer.body.companies as unknown[]) : [];
  return rows.filter((raw) => {
    const row = company.safeParse(raw);
    return (row.data?.domains ?? []).some(({ id }) => (domains.get(id)?.projects_company ?? null) !== null);
  }).length;
}

function pathOf(id: string): string {
  return `/companies/${id}.json`;
}

function bodyOf(values: Fields) {
  return { company: renamed(values, keys) };
}

function includedOf(domains: readonly string[]) {
  return domains.length === 0 ? {} : { included: { domains: domains.map((name) => ({ name })) } };
}

function fieldNamed(name: string) {
  return name === 'name' || name === 'website' || name === 'email' ? name : null;
}
