/** Rows as the API shows them. */
import type { DeskCompany, DeskContact, DeskCustomer, DeskDomain, DeskUser } from '../desk-records';
import type { World } from '../world';
import { contactsOf, customersOf, domainsOf, mainEmailOf } from './related';
import { reference, references, stampsOf } from './rows';

export function companyRecord(world: World, company: DeskCompany) {
  const customers = customersOf(world, company);
  return {
    id: company.id,
    name: company.name,
    email: company.email,
    website: company.website,
    industry: company.industry,
    details: company.details,
    description: company.description,
    note: company.note,
    permission: company.permission,
    kind: company.kind,
    domains: references('domains', domainsOf(world, company)),
    customers: references('customers', customers),
    customersCount: customers.length,
    address: null,
    phones: references('phones', phoneRecords(company)),
    avatarPath: company.avatarPath,
    ...stampsOf(company),
  };
}

/** A company's phones have no rows of their own here; their ids come from the company's. */
export function phoneRecords(company: DeskCompany) {
  return company.phones.map((phone, index) => ({ id: company.id * 10 + index + 1, ...phone }));
}

export function domainRecord(domain: DeskDomain) {
  return {
    id: domain.id,
    name: domain.name,
    project: null,
    company: reference('companies', domain.companyId),
    projects_company: reference('projectscompanies', domain.projectsCompanyId),
    ...stampsOf(domain),
  };
}

const ANIMALS = ['cat', 'dog', 'fox', 'owl', 'bear', 'deer', 'frog', 'seal'] as const;

/** The picture of a customer that has none: an animal on the site's own host. */
function defaultAvatar(origin: string, id: number): string {
  return `${origin}/desk/images/avatars/animals/${ANIMALS[id % ANIMALS.length] ?? 'cat'}.png`;
}

export function customerRecord(world: World, customer: DeskCustomer, origin: string) {
  const contacts = contactsOf(world, customer);
  return {
    id: customer.id,
    firstName: customer.firstName,
    lastName: customer.lastName,
    email: mainEmailOf(world, customer),
    organization: customer.organization,
    jobTitle: customer.jobTitle,
    phone: customer.phone,
    mobile: customer.mobile,
    address: customer.address,
    notes: customer.notes,
    extraData: customer.extraData,
    externalId: customer.externalId,
    linkedinURL: customer.linkedinURL,
    facebookURL: customer.facebookURL,
    twitterHandle: customer.twitterHandle,
    avatarURL: customer.avatarURL === '' ? defaultAvatar(origin, customer.id) : customer.avatarURL,
    permission: customer.permission,
    addMethod: customer.addMethod,
    trusted: customer.trusted,
    verifiedEmail: customer.verifiedEmail,
    welcomeEmailSent: customer.welcomeEmailSent,
    numTickets: customer.numTickets,
    company: reference('companies', customer.companyId),
    contacts: contacts.length === 0 ? null : references('contacts', contacts),
    customerwelcomeemails: null,
    ...stampsOf(customer),
  };
}

export function contactRecord(contact: DeskContact) {
  return {
    id: contact.id,
    type: contact.type,
    value: contact.value,
    isMain: contact.isMain,
    customer: reference('customers', contact.customerId),
    ...stampsOf(contact),
  };
}

/** An agent whose token was given the right of a member is no site admin. */
function roleOf(world: World, user: DeskUser): DeskUser['role'] {
  const { roles } = world.settings();
  const lowered = [...world.tables.tokenUsers.all()].some(
    ({ token, deskUserId }) => deskUserId === user.id && roles[token] === 'member',
  );
  return lowered ? 'agent' : user.role;
}

export function userRecord(world: World, user: DeskUser) {
  return {
    id: user.id,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    avatarURL: '',
    role: roleOf(world, user),
    projectsCompanyId: null,
    ...stampsOf(user),
  };
}
