/** The relations between Desk's rows, as reads see them: a deleted record keeps what was deleted together with it. */
import type { DeskCompany, DeskContact, DeskCustomer, DeskDomain, DeskState } from '../desk-records';
import type { World } from '../world';
import { isActive } from './rows';

interface Perishable {
  readonly state: DeskState;
  readonly deletedAt: string | null;
}

function alive<R extends Perishable>(owner: Perishable, rows: readonly R[]): R[] {
  return rows.filter((row) => isActive(row) || (!isActive(owner) && row.deletedAt === owner.deletedAt));
}

export function contactsOf(world: World, customer: DeskCustomer): DeskContact[] {
  return alive(customer, world.tables.deskContacts.by('customer', customer.id));
}

export function domainsOf(world: World, company: DeskCompany): DeskDomain[] {
  return alive(company, world.tables.deskDomains.by('company', company.id));
}

export function customersOf(world: World, company: DeskCompany): DeskCustomer[] {
  return world.tables.deskCustomers.by('company', company.id).filter(isActive);
}

/** The main email; '' where a customer has none. */
export function mainEmailOf(world: World, customer: DeskCustomer): string {
  const main = contactsOf(world, customer).find((contact) => contact.type === 'email' && contact.isMain);
  return main?.value ?? '';
}

export function companyOf(world: World, customer: DeskCustomer): DeskCompany | null {
  if (customer.companyId === null) return null;
  return world.tables.deskCompanies.get(customer.companyId) ?? null;
}
