/** Domains of companies (v3): one domain belongs to one company. */
import type { FastifyInstance } from 'fastify';
import { isJsonObject, jsonBodyOf } from '../bodies';
import type { SandboxContext } from '../context';
import { authorOf } from '../context';
import type { TeamworkDomain } from '../teamwork-records';
import { requireAdmin } from './access';
import { domainV3 } from './domain-view';
import { InvalidData, v3NotFound } from './errors';

interface ById {
  Params: { id: string };
}

const DOMAIN = /^(\*\.?)?([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export function registerDomains(app: FastifyInstance, ctx: SandboxContext): void {
  const { tables } = ctx.world;

  function checked(value: unknown, ownId: number | null): string {
    if (typeof value !== 'string' || value.length > 253 || !DOMAIN.test(value)) {
      throw new InvalidData('invalid', 'domain must be a valid domain');
    }
    const holder = tables.teamworkDomains
      .by('domain', value.toLowerCase())
      .find((row) => row.state === 'active' && row.id !== ownId);
    if (holder) throw new InvalidData('taken', 'Domain already in use');
    return value;
  }

  function liveDomain(id: number): TeamworkDomain {
    const row = tables.teamworkDomains.get(id);
    if (row?.state !== 'active') throw v3NotFound('domain', id);
    return row;
  }

  app.post<ById>('/projects/api/v3/companies/:id(^\\d+)/domains.json', (request, reply) => {
    const caller = requireAdmin(request);
    const companyId = Number(request.params.id);
    if (tables.teamworkCompanies.get(companyId)?.status !== 'active') throw v3NotFound('company', companyId);
    const items = jsonBodyOf(request)?.companyDomains;
    if (!Array.isArray(items)) throw new InvalidData('invalid', 'companyDomains is required');
    const names = items.map((item: unknown) => checked(isJsonObject(item) ? item.domain : undefined, null));
    if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
      throw new InvalidData('taken', 'Domain already in use');
    }
    const rows = names.map((domain) =>
      tables.teamworkDomains.insert(
        {
          companyId,
          domain,
          state: 'active',
          createdAt: ctx.world.now(),
          createdBy: caller.teamworkUserId,
          updatedAt: null,
          updatedBy: null,
          deletedAt: null,
          deletedBy: null,
        },
        authorOf(request),
      ),
    );
    const page = { pageOffset: 0, pageSize: rows.length, count: rows.length, hasMore: false };
    return reply.status(201).send({ domains: rows.map(domainV3), meta: { page }, included: {} });
  });

  app.patch<ById>('/projects/api/v3/companies/domains/:id(^\\d+).json', (request) => {
    const caller = requireAdmin(request);
    const { id } = liveDomain(Number(request.params.id));
    const body = jsonBodyOf(request)?.companyDomain;
    if (!isJsonObject(body)) throw new InvalidData('invalid', 'companyDomain is required');
    const stamp = { updatedAt: ctx.world.now(), updatedBy: caller.teamworkUserId };
    const domain = checked(body.domain, id);
    return { domain: domainV3(tables.teamworkDomains.update(id, { domain, ...stamp }, authorOf(request))) };
  });

  app.delete<ById>('/projects/api/v3/companies/domains/:id(^\\d+).json', (request, reply) => {
    const caller = requireAdmin(request);
    const { id } = liveDomain(Number(request.params.id));
    const stamp = { deletedAt: ctx.world.now(), deletedBy: caller.teamworkUserId };
    tables.teamworkDomains.update(id, { state: 'deleted', ...stamp }, authorOf(request), 'deleted');
    return reply.status(204).send();
  });
}
