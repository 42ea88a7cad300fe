/** People of v1: rich reads, all writes, the trash. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import { isJsonObject, jsonBodyOf } from '../bodies';
import type { SandboxContext } from '../context';
import { authorOf, callerOf } from '../context';
import type { TeamworkPerson } from '../teamwork-records';
import { forbidden, maySeeCompany, maySeePerson, requireAdmin } from './access';
import { V1_PAGE } from './companies-v1';
import { pictureUrl } from './company-views';
import { v1Refusal } from './errors';
import { originOf } from './origin';
import { pageFrom, setPageHeaders } from './paging';
import { pageOf, parametersOf } from './parameters';
import { listPeopleV1 } from './people-listing';
import { isTrue } from './person-fields';
import { deletedPersonV1, personInListV1, singlePersonV1 } from './person-v1';
import { createPerson, deletePerson, restorePerson, updatePerson } from './person-writes';

interface ById {
  Params: { id: string };
}

function personIn(request: FastifyRequest): JsonObject {
  const person = jsonBodyOf(request)?.person;
  if (!isJsonObject(person)) throw v1Refusal(422, 'person is required');
  return person;
}

export function registerPeopleV1(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;

  function found(request: FastifyRequest<ById>): TeamworkPerson {
    const row = world.tables.teamworkPeople.get(Number(request.params.id));
    if (!row || row.deleted) throw v1Refusal(404, 'Person not found');
    if (!maySeePerson(ctx, callerOf(request), row)) throw forbidden(request);
    return row;
  }

  function list(request: FastifyRequest, reply: FastifyReply, companyId: number | null) {
    const parameters = parametersOf(request);
    const rows = listPeopleV1(ctx, callerOf(request), parameters, companyId);
    const page = pageFrom(rows, pageOf(parameters, V1_PAGE));
    setPageHeaders(reply, page);
    const origin = originOf(request);
    return { STATUS: 'OK', people: page.rows.map((row) => personInListV1(world, row, origin)) };
  }

  app.get('/people.json', (request, reply) => list(request, reply, null));

  app.get<ById>('/companies/:id(^\\d+)/people.json', (request, reply) => {
    const company = world.tables.teamworkCompanies.get(Number(request.params.id));
    if (company?.status !== 'active') throw v1Refusal(404, 'Company not found');
    if (!maySeeCompany(callerOf(request), company)) throw forbidden(request);
    return list(request, reply, company.id);
  });

  app.get<ById>('/people/:id(^\\d+).json', (request) => ({
    STATUS: 'OK',
    person: singlePersonV1(world, found(request), originOf(request)),
  }));

  app.get('/me.json', (request) => {
    const row = world.tables.teamworkPeople.get(callerOf(request).teamworkUserId);
    if (!row) throw v1Refusal(404, 'Person not found');
    return { STATUS: 'OK', person: singlePersonV1(world, row, originOf(request)) };
  });

  app.post('/people.json', (request, reply) => {
    const caller = requireAdmin(request);
    const body = personIn(request);
    const row = createPerson(world, body, { caller, author: authorOf(request) });
    const id = String(row.id);
    reply.headers({ id, Location: `${originOf(request)}/people/${id}.json` });
    const avatarUrl = pictureUrl(row.avatarUrl, originOf(request));
    const user = { id, firstName: row.firstName, lastName: row.lastName, avatarUrl };
    return reply.status(201).send({ STATUS: 'OK', id, ...(isTrue(body.getUserDetails) ? { user } : {}) });
  });

  app.put<ById>('/people/:id(^\\d+).json', (request) => {
    const caller = requireAdmin(request);
    const row = updatePerson(world, found(request), personIn(request), { caller, author: authorOf(request) });
    return { STATUS: 'OK', id: String(row.id) };
  });

  app.delete<ById>('/people/:id(^\\d+).json', (request) => {
    const caller = requireAdmin(request);
    deletePerson(world, found(request).id, { caller, author: authorOf(request) });
    return { STATUS: 'OK' };
  });

  app.get('/people/deleted.json', (request) => {
    const origin = originOf(request);
    const caller = callerOf(request);
    const trashed = [...world.tables.teamworkPeople.all()].filter(
      (row) => row.deleted && maySeePerson(ctx, caller, row),
    );
    return { STATUS: 'OK', people: trashed.map((row) => deletedPersonV1(world, row, origin)) };
  });

  app.put<ById>('/trashcan/people/:id(^\\d+)/restore.json', (request) => {
    const caller = requireAdmin(request);
    const row = world.tables.teamworkPeople.get(Number(request.params.id));
    if (!row?.deleted) throw v1Refusal(404, 'Person not found in the trash');
    restorePerson(world, row, { caller, author: authorOf(request) });
    return { STATUS: 'OK' };
  });
}
