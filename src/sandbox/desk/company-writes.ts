/** Creates, edits and deletes companies. Everything is checked before anything is written. */
import type { JsonObject } from '../bodies';
import { newDeskCompany } from '../desk-defaults';
import type { DeskCompany, DeskCustomer } from '../desk-records';
import type { World } from '../world';
import { folded } from '../world';
import type { DomainDraft } from './domain-writes';
import { draftDomains, saveDomains } from './domain-writes';
import { invalidField } from './errors';
import { customersOf, domainsOf } from './related';
import type { Written } from './requests';
import { deletion, isActive } from './rows';
import type { Writer } from './writer';
import { edited, following } from './writer';
import { isEmail, itemsAt, removedAt, textsAt, wordAt } from './written-values';

const TEXTS = ['name', 'email', 'website', 'industry', 'details', 'description', 'note'] as const;

interface CompanyDraft {
  readonly fields: Partial<DeskCompany>;
  readonly domains: readonly DomainDraft[];
  readonly customers: readonly { readonly customer: DeskCustomer; readonly leaves: boolean }[];
}

export function createCompany(writer: Writer, written: Written): DeskCompany {
  const { world, author, deskUserId } = writer;
  const draft = draftCompany(world, null, written);
  if (draft.fields.name === undefined) throw invalidField('name', 'must be set');
  const company = world.tables.deskCompanies.insert(
    { ...newDeskCompany(world.now(), deskUserId), ...draft.fields },
    author,
  );
  saveRelations(writer, company, draft);
  return company;
}

export function updateCompany(writer: Writer, company: DeskCompany, written: Written): DeskCompany {
  const { world, author } = writer;
  const draft = draftCompany(world, company, written);
  const updated = world.tables.deskCompanies.update(
    company.id,
    { ...draft.fields, ...edited(writer) },
    author,
  );
  saveRelations(writer, updated, draft);
  return updated;
}

/** The company and its domains go; its customers stay, without a company. */
export function deleteCompany(writer: Writer, company: DeskCompany): void {
  const { world, author, deskUserId } = writer;
  const { deskCompanies, deskDomains, deskCustomers } = world.tables;
  const gone = deletion(world.now(), deskUserId);
  const domains = domainsOf(world, company);
  const customers = customersOf(world, company);
  deskCompanies.update(company.id, gone, author, 'deleted');
  const consequence = following(writer, 'company deleted').author;
  for (const domain of domains) deskDomains.update(domain.id, gone, consequence, 'deleted');
  for (const customer of customers) {
    deskCustomers.update(customer.id, { companyId: null, addMethod: '', ...edited(writer) }, consequence);
  }
}

function draftCompany(world: World, company: DeskCompany | null, written: Written): CompanyDraft {
  const { record, included } = written;
  return {
    fields: fieldsIn(world, company, record),
    domains: draftDomains(world, company, [...itemsAt(included, 'domains'), ...removedAt(record, 'domains')]),
    customers: customersIn(world, company, written),
  };
}

function fieldsIn(world: World, company: DeskCompany | null, record: JsonObject): Partial<DeskCompany> {
  const fields = textsAt(record, TEXTS);
  if (fields.name !== undefined) {
    const { name } = fields;
    if (name.trim() === '') throw invalidField('name', 'must be set');
    const holders = world.tables.deskCompanies.by('name', folded(name));
    if (holders.some((row) => isActive(row) && row.id !== company?.id)) {
      throw invalidField('name', 'is already in use');
    }
  }
  if (fields.email && !isEmail(fields.email)) throw invalidField('email', 'must be a valid email address');
  const permission = wordAt(record, 'permission', ['own', 'all']);
  const kind = wordAt(record, 'kind', ['company', 'group']);
  return { ...fields, ...(permission && { permission }), ...(kind && { kind }) };
}

/** The customers that `included.customers` brings in by id, or takes out by `delete`. */
function customersIn(world: World, company: DeskCompany | null, written: Written): CompanyDraft['customers'] {
  const items = [...itemsAt(written.included, 'customers'), ...removedAt(written.record, 'customers')];
  return items.flatMap(({ place, id, remove }) => {
    const customer = id === null ? undefined : world.tables.deskCustomers.get(id);
    if (!customer || !isActive(customer)) throw invalidField(`${place}.id`, 'is not a customer');
    const leaves = remove && customer.companyId === company?.id;
    return remove && !leaves ? [] : [{ customer, leaves }];
  });
}

function saveRelations(writer: Writer, company: DeskCompany, draft: CompanyDraft): void {
  saveDomains(writer, company, draft.domains);
  for (const { customer, leaves } of draft.customers) {
    const place = leaves
      ? { companyId: null, addMethod: '' as const }
      : { companyId: company.id, addMethod: 'manual' as const };
    writer.world.tables.deskCustomers.update(customer.id, { ...place, ...edited(writer) }, writer.author);
  }
}
