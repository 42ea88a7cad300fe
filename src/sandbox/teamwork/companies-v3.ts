/** Companies of v3. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import { isJsonObject, jsonBodyOf } from '../bodies';
import type { SandboxContext } from '../context';
import { authorOf, callerOf } from '../context';
import type { TeamworkCompany } from '../teamwork-records';
import { forbidden, maySeeCompany, requireAdmin } from './access';
import { companyV3, domainIdsOf } from './company-views';
import { listCompanies } from './company-listing';
import { V3_KEYS, createCompany, deleteCompany, updateCompany } from './company-writes';
import { domainV3 } from './domain-view';
import { InvalidData, v3NotFound, v3Refusal } from './errors';
import { originOf } from './origin';
import { pageFrom, v3Meta } from './paging';
import type { Parameters } from './parameters';
import { flag, pageOf, parametersOf, words } from './parameters';
import { personV3 } from './person-v3';
import { sparse } from './sparse';

export const V3_PAGE = { usual: 50, largest: 500 };

interface ById {
  Params: { id: string };
}

/** The `company` object of a body; the call is refused without one. */
function companyIn(request: FastifyRequest): JsonObject {
  const company = jsonBodyOf(request)?.company;
  if (!isJsonObject(company)) throw new InvalidData('invalid', 'company is required');
  return company;
}

export function registerCompaniesV3(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;
  const root = '/projects/api/v3/companies';

  function found(request: FastifyRequest<ById>, mayBeDeleted: boolean): TeamworkCompany {
    const id = Number(request.params.id);
    const row = world.tables.teamworkCompanies.get(id);
    const shownDeleted = mayBeDeleted && world.settings().switches.deletedRead === 200;
    if (!row || (row.status === 'deleted' && !shownDeleted)) throw v3NotFound('company', id);
    if (!maySeeCompany(callerOf(request), row)) throw forbidden(request);
    return row;
  }

  function included(rows: readonly TeamworkCompany[], parameters: Parameters, origin: string): JsonObject {
    const asked = words(parameters, 'include');
    const included: Record<string, JsonObject> = {};
    if (asked.includes('clientmanagedby')) {
      const managers = rows.flatMap((row) => world.tables.teamworkPeople.get(row.clientManagedBy ?? 0) ?? []);
      included.users = byId(managers.map((row) => personV3(row, origin)));
    }
    if (asked.includes('domains')) {
      const domains = rows
        .flatMap((row) => domainIdsOf(world, row.id))
        .flatMap((id) => world.tables.teamworkDomains.get(id) ?? []);
      included.domains = byId(domains.map(domainV3));
    }
    return included;
  }

  function single(request: FastifyRequest, row: TeamworkCompany): JsonObject {
    const parameters = parametersOf(request);
    const origin = originOf(request);
    const view = companyV3(world, row, { origin, fullProfile: flag(parameters, 'fullProfile') });
    return { company: sparse(parameters, 'companies')(view), included: included([row], parameters, origin) };
  }

  app.get(`${root}.json`, (request) => {
    const parameters = parametersOf(request);
    const page = pageFrom(listCompanies(world, callerOf(request), parameters), pageOf(parameters, V3_PAGE));
    const origin = originOf(request);
    const view = { origin, fullProfile: flag(parameters, 'fullProfile') };
    const thin = sparse(parameters, 'companies');
    return {
      companies: page.rows.map((row) => thin(companyV3(world, row, view))),
      meta: v3Meta(page),
      included: included(page.rows, parameters, origin),
    };
  });

  app.get<ById>(`${root}/:id(^\\d+).json`, (request) => single(request, found(request, true)));

  app.post(`${root}.json`, (request, reply) => {
    const caller = requireAdmin(request);
    const row = createCompany(world, companyIn(request), V3_KEYS, { caller, author: authorOf(request) });
    return reply.status(201).send(single(request, row));
  });

  app.patch<ById>(`${root}/:id(^\\d+).json`, (request) => {
    const caller = requireAdmin(request);
    const { id } = found(request, false);
    const row = updateCompany(world, id, companyIn(request), V3_KEYS, { caller, author: authorOf(request) });
    return single(request, { ...row, updatedAt: withFraction(row.updatedAt, ctx.clock.nowMs()) });
  });

  app.delete<ById>(`${root}/:id(^\\d+).json`, (request, reply) => {
    const caller = requireAdmin(request);
    const row = found(request, false);
    if (row.isOwner) throw v3Refusal(403, 'forbidden', 'The owner company cannot be deleted');
    deleteCompany(world, row.id, { caller, author: authorOf(request) });
    return reply.status(204).send();
  });
}

export function byId(records: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(records.map((record) => [String(record.id), record]));
}

/** The answer to a PATCH carries fractions of a second, a later read does not. */
function withFraction(time: string | null, nowMs: number): string | null {
  return time === null ? null : time.replace('Z', `.${String(nowMs % 1000).padStart(3, '0')}10173Z`);
}
