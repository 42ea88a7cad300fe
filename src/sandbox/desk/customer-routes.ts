/** /customers: list, read, create, edit, delete. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import type { DeskCustomer } from '../desk-records';
import type { World } from '../world';
import { folded } from '../world';
import { companiesBehind } from './company-routes';
import { createCustomer, deleteCustomer, updateCustomer } from './customer-writes';
import { byId, own, related, stampFields, textFields } from './fields';
import type { Fields } from './filter-match';
import type { Scalar } from './filter-syntax';
import { companyRecord, contactRecord, customerRecord, userRecord } from './records';
import { companyOf, contactsOf, mainEmailOf } from './related';
import { mayWrite, originOf, writtenIn } from './requests';
import type { Resource } from './resource';
import { ID, oneAnswer, registerReads, rowOf } from './resource';
import { usersBehind } from './user-routes';
import { writerOf } from './writer';

const TEXTS = [
  'addMethod',
  'address',
  'avatarURL',
  'externalId',
  'facebookURL',
  'firstName',
  'jobTitle',
  'lastName',
  'linkedinURL',
  'mobile',
  'organization',
  'permission',
  'phone',
  'twitterHandle',
] as const;

function customerFields(world: World): Fields<DeskCustomer> {
  const flag = (read: (row: DeskCustomer) => boolean) => own('flag', read);
  return new Map([
    ...stampFields<DeskCustomer>(),
    ...textFields<DeskCustomer, (typeof TEXTS)[number]>(TEXTS),
    ['trusted', flag((row) => row.trusted)],
    ['verifiedEmail', flag((row) => row.verifiedEmail)],
    ['welcomeEmailSent', flag((row) => row.welcomeEmailSent)],
    ['companies.id', own('number', (row) => row.companyId)],
    ['companies.name', related('text', (row) => [companyOf(world, row)?.name ?? null])],
    ['contacts.value', related('text', (row) => contactsOf(world, row).map(({ value }) => value))],
    ['email', { kind: 'text', read: (row) => [mainEmailOf(world, row)], related: true, orderOnly: true }],
  ]);
}

export function customerResource(world: World): Resource<DeskCustomer> {
  const { deskCompanies, deskContacts, deskCustomers } = world.tables;
  const oneById = byId(deskCustomers);
  const inCompany = (value: Scalar) => deskCustomers.by('company', Number(value));
  return {
    singular: 'customer',
    plural: 'customers',
    table: deskCustomers,
    fields: customerFields(world),
    lookUps: new Map([
      ['id', oneById],
      [
        'contacts.value',
        (value: Scalar) =>
          deskContacts.by('value', folded(String(value))).flatMap(({ customerId }) => oneById(customerId)),
      ],
      ['companies.id', inCompany],
      [
        'companies.name',
        (value: Scalar) => deskCompanies.by('name', folded(String(value))).flatMap(({ id }) => inCompany(id)),
      ],
    ]),
    record: (row, request) => customerRecord(world, row, originOf(request)),
    included: (rows) => ({
      companies: () => companiesBehind(world, rows).map((row) => companyRecord(world, row)),
      contacts: () => rows.flatMap((row) => contactsOf(world, row)).map(contactRecord),
      users: () => usersBehind(world, rows).map((row) => userRecord(world, row)),
    }),
  };
}

export function registerCustomers(app: FastifyInstance, ctx: SandboxContext): void {
  const customers = customerResource(ctx.world);
  registerReads(app, ctx, customers);

  app.post('/customers.json', (request, reply) => {
    mayWrite(request);
    const customer = createCustomer(writerOf(request, ctx), writtenIn(request, 'customer'));
    return reply.status(201).send(oneAnswer(customers, customer, request));
  });

  app.route({
    method: ['PUT', 'PATCH'],
    url: `/customers/${ID}`,
    handler: (request) => {
      mayWrite(request);
      const row = rowOf(customers, request);
      const customer = updateCustomer(writerOf(request, ctx), row, writtenIn(request, 'customer'));
      return oneAnswer(customers, customer, request);
    },
  });

  app.delete(`/customers/${ID}`, (request) => {
    mayWrite(request);
    const customer = rowOf(customers, request);
    deleteCustomer(writerOf(request, ctx), customer);
    return { customer: { id: customer.id, type: 'customers' } };
  });
}
