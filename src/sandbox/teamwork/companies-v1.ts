/** Companies of v1: text ids, STATUS in every answer. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import { isJsonObject, jsonBodyOf } from '../bodies';
import type { SandboxContext } from '../context';
import { authorOf, callerOf } from '../context';
import type { TeamworkCompany } from '../teamwork-records';
import { forbidden, maySeeCompany, requireAdmin } from './access';
import { companyV1 } from './company-views';
import { orderedCompanies } from './company-listing';
import { V1_KEYS, createCompany, deleteCompany, updateCompany } from './company-writes';
import { v1Refusal } from './errors';
import { originOf } from './origin';
import { pageFrom, setPageHeaders } from './paging';
import { pageOf, parametersOf } from './parameters';

export const V1_PAGE = { usual: 100, largest: 250 };

interface ById {
  Params: { id: string };
}

function companyIn(request: FastifyRequest): JsonObject {
  const company = jsonBodyOf(request)?.company;
  if (!isJsonObject(company)) throw v1Refusal(422, 'company is required');
  return company;
}

export function registerCompaniesV1(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;

  function found(request: FastifyRequest<ById>): TeamworkCompany {
    const row = world.tables.teamworkCompanies.get(Number(request.params.id));
    if (row?.status !== 'active') throw v1Refusal(404, 'Company not found');
    if (!maySeeCompany(callerOf(request), row)) throw forbidden(request);
    return row;
  }

  app.get('/companies.json', (request, reply) => {
    const caller = callerOf(request);
    const visible = orderedCompanies(world, 'ownercompany', 'asc').filter(
      (row) => row.status === 'active' && maySeeCompany(caller, row),
    );
    const page = pageFrom(visible, pageOf(parametersOf(request), V1_PAGE));
    setPageHeaders(reply, page);
    const origin = originOf(request);
    return { STATUS: 'OK', companies: page.rows.map((row) => companyV1(world, row, origin, false)) };
  });

  app.get<ById>('/companies/:id(^\\d+).json', (request) => ({
    STATUS: 'OK',
    company: companyV1(world, found(request), originOf(request), true),
  }));

  app.post('/companies.json', (request, reply) => {
    const caller = requireAdmin(request);
    const row = createCompany(world, companyIn(request), V1_KEYS, { caller, author: authorOf(request) });
    reply.headers({ id: row.id, Location: `${originOf(request)}/companies/${row.id}.json` });
    return reply.status(201).send({ STATUS: 'OK', id: String(row.id) });
  });

  app.put<ById>('/companies/:id(^\\d+).json', (request) => {
    const caller = requireAdmin(request);
    const { id } = found(request);
    updateCompany(world, id, companyIn(request), V1_KEYS, { caller, author: authorOf(request) });
    return { STATUS: 'OK' };
  });

  app.delete<ById>('/companies/:id(^\\d+).json', (request) => {
    const caller = requireAdmin(request);
    const row = found(request);
    if (row.isOwner) throw v1Refusal(403, 'The owner company cannot be deleted');
    deleteCompany(world, row.id, { caller, author: authorOf(request) });
    return { STATUS: 'OK' };
  });
}
