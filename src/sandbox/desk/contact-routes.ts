/** /contacts: the emails and handles of customers, to read; they are written through their customer. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import type { DeskContact } from '../desk-records';
import type { World } from '../world';
import { folded } from '../world';
import { byId, own, stampFields, textFields } from './fields';
import type { Scalar } from './filter-syntax';
import { contactRecord, customerRecord } from './records';
import { originOf } from './requests';
import type { Resource } from './resource';
import { registerReads } from './resource';

function contactResource(world: World): Resource<DeskContact> {
  const { deskContacts, deskCustomers } = world.tables;
  const oneById = byId(deskContacts);
  return {
    singular: 'contact',
    plural: 'contacts',
    table: deskContacts,
    fields: new Map([
      ...stampFields<DeskContact>(),
      ...textFields<DeskContact, 'type' | 'value'>(['type', 'value']),
      ['isMain', own<DeskContact>('flag', (row) => row.isMain)],
      ['customers.id', own<DeskContact>('number', (row) => row.customerId)],
    ]),
    lookUps: new Map([
      ['id', oneById],
      ['value', (value: Scalar) => deskContacts.by('value', folded(String(value)))],
      ['customers.id', (value: Scalar) => deskContacts.by('customer', Number(value))],
    ]),
    record: contactRecord,
    included: (rows, request) => ({
      customers: () =>
        [...new Set(rows.map(({ customerId }) => customerId))]
          .flatMap((id) => deskCustomers.get(id) ?? [])
          .map((row) => customerRecord(world, row, originOf(request))),
    }),
  };
}

export function registerContacts(app: FastifyInstance, ctx: SandboxContext): void {
  registerReads(app, ctx, contactResource(ctx.world));
}
