/** People of v3: read and delete only; creating and changing is v1's. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import type { SandboxContext } from '../context';
import { authorOf, callerOf } from '../context';
import type { TeamworkPerson } from '../teamwork-records';
import { forbidden, maySeePerson, requireAdmin } from './access';
import { V3_PAGE, byId } from './companies-v3';
import { companyV3 } from './company-views';
import { v3NotFound } from './errors';
import { originOf } from './origin';
import { pageFrom, v3Meta } from './paging';
import type { Parameters } from './parameters';
import { pageOf, parametersOf, words } from './parameters';
import { listPeopleV3 } from './people-listing';
import { isInOwnerCompany, isSiteOwner } from './person-v1';
import { personV3 } from './person-v3';
import { deletePerson } from './person-writes';
import { sparse } from './sparse';

interface ById {
  Params: { id: string };
}

export function registerPeopleV3(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;
  const root = '/projects/api/v3/people';

  function found(request: FastifyRequest<ById>, mayBeDeleted: boolean): TeamworkPerson {
    const id = Number(request.params.id);
    const row = world.tables.teamworkPeople.get(id);
    const shownDeleted = mayBeDeleted && world.settings().switches.deletedRead === 200;
    if (!row || (row.deleted && !shownDeleted)) throw v3NotFound('person', id);
    if (!maySeePerson(ctx, callerOf(request), row)) throw forbidden(request);
    return row;
  }

  function included(rows: readonly TeamworkPerson[], parameters: Parameters, origin: string): JsonObject {
    if (!words(parameters, 'include').includes('companies')) return {};
    const companies = [...new Set(rows.map((row) => row.companyId))].flatMap(
      (id) => world.tables.teamworkCompanies.get(id) ?? [],
    );
    return { companies: byId(companies.map((row) => companyV3(world, row, { origin, fullProfile: false }))) };
  }

  app.get(`${root}.json`, (request) => {
    const parameters = parametersOf(request);
    const page = pageFrom(listPeopleV3(ctx, callerOf(request), parameters), pageOf(parameters, V3_PAGE));
    const origin = originOf(request);
    const thin = sparse(parameters, 'people');
    return {
      people: page.rows.map((row) => thin(personV3(row, origin))),
      meta: v3Meta(page),
      included: included(page.rows, parameters, origin),
    };
  });

  app.get<ById>(`${root}/:id(^\\d+).json`, (request) => {
    const row = found(request, true);
    const parameters = parametersOf(request);
    const origin = originOf(request);
    return {
      person: sparse(parameters, 'person')(personV3(row, origin)),
      included: included([row], parameters, origin),
    };
  });

  app.delete<ById>(`${root}/:id(^\\d+).json`, (request, reply) => {
    const caller = requireAdmin(request);
    deletePerson(world, found(request, false).id, { caller, author: authorOf(request) });
    return reply.status(204).send();
  });

  app.get('/projects/api/v3/me.json', (request) => {
    const { teamworkUserId, role } = callerOf(request);
    const row = world.tables.teamworkPeople.get(teamworkUserId);
    if (!row) throw v3NotFound('person', teamworkUserId);
    // A token with the right of a member stands for a user who is no administrator, whatever its row says.
    const isAdmin = role === 'admin' && row.isAdmin;
    return {
      person: {
        ...personV3({ ...row, isAdmin }, originOf(request)),
        siteOwner: role === 'admin' && isSiteOwner(world, row),
        inOwnerCompany: isInOwnerCompany(world, row),
      },
      included: {},
    };
  });
}
