/** /companies: list, read, create, edit, delete. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../context';
import { authorOf, callerOf } from '../context';
import { createInProjects } from '../cross';
import type { DeskCompany } from '../desk-records';
import type { World } from '../world';
import { folded } from '../world';
import { createCompany, deleteCompany, updateCompany } from './company-writes';
import { byId, own, related, stampFields, textFields, unfilled } from './fields';
import type { Fields } from './filter-match';
import type { Scalar } from './filter-syntax';
import { companyRecord, customerRecord, domainRecord, phoneRecords, userRecord } from './records';
import { customersOf, domainsOf } from './related';
import type { Written } from './requests';
import { mayWrite, originOf, writtenIn } from './requests';
import type { Resource } from './resource';
import { ID, oneAnswer, registerReads, rowOf } from './resource';
import { isActive } from './rows';
import { usersBehind } from './user-routes';
import { writerOf } from './writer';

function companyFields(world: World): Fields<DeskCompany> {
  const domainNames = (row: DeskCompany) => domainsOf(world, row).map(({ name }) => name);
  const domainIds = (row: DeskCompany) => domainsOf(world, row).map(({ id }) => id);
  return new Map([
    ...stampFields<DeskCompany>(),
    ...textFields<DeskCompany, 'name' | 'email' | 'details' | 'industry' | 'website' | 'avatarPath'>([
      'name',
      'email',
      'details',
      'industry',
      'website',
      'avatarPath',
    ]),
    ...textFields<DeskCompany, 'permission' | 'kind'>(['permission', 'kind']),
    ['customersCount', related('number', (row) => [customersOf(world, row).length])],
    ['domains', related('text', domainNames)],
    ['domains.name', related('text', domainNames)],
    ['domains.id', related('number', domainIds)],
    ['phones', own('text', (row) => row.phones[0]?.number ?? null)],
    ['inboxes.id', unfilled()],
    ['address', unfilled()],
    ['address.country', unfilled()],
  ]);
}

export function companyResource(world: World): Resource<DeskCompany> {
  const { deskCompanies, deskDomains } = world.tables;
  const oneById = byId(deskCompanies);
  const byDomain = (value: Scalar) =>
    deskDomains.by('name', folded(String(value))).flatMap(({ companyId }) => oneById(companyId));
  return {
    singular: 'company',
    plural: 'companies',
    table: deskCompanies,
    fields: companyFields(world),
    lookUps: new Map([
      ['id', oneById],
      ['name', (value: Scalar) => deskCompanies.by('name', folded(String(value)))],
      ['domains', byDomain],
      ['domains.name', byDomain],
    ]),
    record: (row) => companyRecord(world, row),
    included: (rows, request) => ({
      domains: () => rows.flatMap((row) => domainsOf(world, row)).map(domainRecord),
      customers: () =>
        rows
          .flatMap((row) => customersOf(world, row))
          .map((row) => customerRecord(world, row, originOf(request))),
      phones: () => rows.flatMap(phoneRecords),
      users: () => usersBehind(world, rows).map((row) => userRecord(world, row)),
    }),
  };
}

export function registerCompanies(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;
  const companies = companyResource(world);
  registerReads(app, ctx, companies);

  /** The box "Add as a client in Teamwork.com". */
  function clientIfAsked(request: FastifyRequest, written: Written, company: DeskCompany): void {
    if (written.body.createInProjects !== true) return;
    createInProjects(world, company, authorOf(request), callerOf(request).teamworkUserId);
  }

  app.post('/companies.json', (request, reply) => {
    mayWrite(request);
    const written = writtenIn(request, 'company');
    const company = createCompany(writerOf(request, ctx), written);
    clientIfAsked(request, written, company);
    return reply.status(201).send(oneAnswer(companies, company, request));
  });

  app.route({
    method: ['PUT', 'PATCH'],
    url: `/companies/${ID}`,
    handler: (request) => {
      mayWrite(request);
      const written = writtenIn(request, 'company');
      const company = updateCompany(writerOf(request, ctx), rowOf(companies, request), written);
      clientIfAsked(request, written, company);
      return oneAnswer(companies, company, request);
    },
  });

  app.delete(`/companies/${ID}`, (request) => {
    mayWrite(request);
    const company = rowOf(companies, request);
    deleteCompany(writerOf(request, ctx), company);
    return { company: { id: company.id, type: 'companies' } };
  });
}

/** The live companies of the rows that name one. */
export function companiesBehind(
  world: World,
  rows: readonly { readonly companyId: number | null }[],
): DeskCompany[] {
  const ids = new Set(rows.flatMap(({ companyId }) => (companyId === null ? [] : [companyId])));
  return [...ids].flatMap((id) => world.tables.deskCompanies.get(id) ?? []).filter(isActive);
}
