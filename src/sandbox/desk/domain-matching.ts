/** Desk's domain matching: which company an email belongs to, and who moves when domains come and go. */
import type { DeskCompany, DeskCustomer, DeskDomain } from '../desk-records';
import type { World } from '../world';
import { folded } from '../world';
import { mainEmailOf } from './related';
import { isActive } from './rows';
import type { Writer } from './writer';
import { edited, following } from './writer';

function domainOf(email: string): string {
  return folded(email.slice(email.lastIndexOf('@') + 1));
}

/** Whether a company's domain, perhaps with a wildcard, covers the domain of an email. */
function covers(pattern: string, domain: string): boolean {
  const name = folded(pattern);
  return name.startsWith('*') ? domain.endsWith(name.slice(1)) : name === domain;
}

/** The live company that has the email's domain; an exact domain goes before a wildcard. */
export function companyByEmail(world: World, email: string): DeskCompany | null {
  const domain = domainOf(email);
  if (domain === '') return null;
  const { deskDomains, deskCompanies } = world.tables;
  const row =
    deskDomains.by('name', domain).find(isActive) ??
    [...deskDomains.all()].find(
      (one) => isActive(one) && one.name.startsWith('*') && covers(one.name, domain),
    );
  return (row && deskCompanies.get(row.companyId)) ?? null;
}

/** Brings the customers that stand in no company and have one of these domains into the company. */
export function pullCustomers(writer: Writer, company: DeskCompany, names: readonly string[]): void {
  if (names.length === 0) return;
  const { world } = writer;
  for (const customer of [...world.tables.deskCustomers.all()]) {
    if (!isActive(customer) || customer.companyId !== null) continue;
    const domain = domainOf(mainEmailOf(world, customer));
    if (names.some((name) => covers(name, domain))) join(writer, customer, company.id, 'auto');
  }
}

/** Drops from its company those customers whom this domain had brought there. */
export function dropCustomers(writer: Writer, removed: DeskDomain): void {
  const { world } = writer;
  for (const customer of world.tables.deskCustomers.by('company', removed.companyId)) {
    if (!isActive(customer) || customer.addMethod !== 'auto') continue;
    if (covers(removed.name, domainOf(mainEmailOf(world, customer)))) rematch(writer, customer);
  }
}

/** Whether the customer stands where it does because of this email. */
export function isMatched(world: World, customer: DeskCustomer, email: string): boolean {
  if (customer.companyId === null) return true;
  return customer.addMethod === 'auto' && companyByEmail(world, email)?.id === customer.companyId;
}

/** Looks anew where a customer belongs by its email. */
export function rematch(writer: Writer, customer: DeskCustomer): void {
  const company = companyByEmail(writer.world, mainEmailOf(writer.world, customer));
  if ((company?.id ?? null) === customer.companyId) return;
  join(writer, customer, company?.id ?? null, company ? 'auto' : '');
}

function join(
  writer: Writer,
  customer: DeskCustomer,
  companyId: number | null,
  addMethod: DeskCustomer['addMethod'],
): void {
  const { world, author } = following(writer, 'domain matched');
  world.tables.deskCustomers.update(customer.id, { companyId, addMethod, ...edited(writer) }, author);
}
