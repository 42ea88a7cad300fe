/** People of v2: reading only. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../context';
import { callerOf } from '../context';
import { forbidden, maySeePerson } from './access';
import { V1_PAGE } from './companies-v1';
import { v3NotFound } from './errors';
import { originOf } from './origin';
import { pageFrom, setPageHeaders } from './paging';
import { flag, pageOf, parametersOf } from './parameters';
import { listPeopleV2 } from './people-listing';
import { personV2 } from './person-v2';

interface ById {
  Params: { id: string };
}

const V2_PAGE = { usual: 50, largest: V1_PAGE.largest };

export function registerPeopleV2(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;

  function list(request: FastifyRequest, reply: FastifyReply, companyId: number | null) {
    const parameters = parametersOf(request);
    const rows = listPeopleV2(ctx, callerOf(request), parameters, companyId);
    const page = pageFrom(rows, pageOf(parameters, V2_PAGE));
    setPageHeaders(reply, page);
    const full = flag(parameters, 'fullprofile');
    const origin = originOf(request);
    return { STATUS: 'OK', people: page.rows.map((row) => personV2(world, row, origin, full)) };
  }

  // The published specification prints these paths without `.json`; both are taken.
  for (const end of ['', '.json']) {
    app.get(`/projects/api/v2/people${end}`, (request, reply) => list(request, reply, null));

    app.get<ById>(`/projects/api/v2/companies/:id(^\\d+)/people${end}`, (request, reply) => {
      const id = Number(request.params.id);
      if (world.tables.teamworkCompanies.get(id)?.status !== 'active') throw v3NotFound('company', id);
      return list(request, reply, id);
    });

    app.get<ById>(`/projects/api/v2/people/:id(^\\d+)${end}`, (request) => {
      const parameters = parametersOf(request);
      const id = Number(request.params.id);
      const row = world.tables.teamworkPeople.get(id);
      const shown = flag(parameters, 'showDeleted') || world.settings().switches.deletedRead === 200;
      if (!row || (row.deleted && !shown)) throw v3NotFound('person', id);
      if (!maySeePerson(ctx, callerOf(request), row)) throw forbidden(request);
      const full = flag(parameters, 'fullprofile');
      return { STATUS: 'OK', person: personV2(world, row, originOf(request), full) };
    });
  }
}
