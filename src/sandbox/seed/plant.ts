/** Puts seeded rows into the world; nothing tells the change log of them, for they were always there. */
import { newDeskCompany, newDeskContact, newDeskCustomer, newDeskDomain } from '../desk-defaults';
import type { DeskCompany, DeskCustomer } from '../desk-records';
import { newTeamworkCompany, newTeamworkPerson } from '../teamwork-defaults';
import type { TeamworkCompany, TeamworkPerson } from '../teamwork-records';
import type { World } from '../world';

interface Stamps {
  readonly createdAt: string;
  /** Null for a record that was never edited. */
  readonly updatedAt: string | null;
}

type CompanyFields = Partial<TeamworkCompany> & Pick<TeamworkCompany, 'name'>;

export function plantCompany(world: World, stamps: Stamps, fields: CompanyFields): TeamworkCompany {
  const table = world.tables.teamworkCompanies;
  const row = { ...newTeamworkCompany(stamps.createdAt, null), ...stamps, ...fields, id: table.nextId() };
  table.put(row);
  return row;
}

export function plantPerson(
  world: World,
  stamps: Stamps,
  fields: Partial<TeamworkPerson> & Pick<TeamworkPerson, 'companyId' | 'type'>,
): TeamworkPerson {
  const table = world.tables.teamworkPeople;
  const row = { ...newTeamworkPerson(stamps.createdAt, null), ...stamps, ...fields, id: table.nextId() };
  table.put(row);
  return row;
}

export function plantDeskCompany(
  world: World,
  { createdAt, updatedAt }: Stamps,
  fields: Partial<DeskCompany> & Pick<DeskCompany, 'name'>,
  domains: readonly string[] = [],
): DeskCompany {
  const { deskCompanies, deskDomains } = world.tables;
  const row = {
    ...newDeskCompany(createdAt, null),
    updatedAt: updatedAt ?? createdAt,
    ...fields,
    id: deskCompanies.nextId(),
  };
  deskCompanies.put(row);
  for (const name of domains) {
    deskDomains.put({ ...newDeskDomain(createdAt, null), name, companyId: row.id, id: deskDomains.nextId() });
  }
  return row;
}

const SOCIAL_TYPES = [
  ['twitter', 'twitterHandle'],
  ['facebook', 'facebookURL'],
  ['linkedin', 'linkedinURL'],
] as const;

/** A customer with its main email first, then the alternatives; social fields get their contacts too. */
export function plantCustomer(
  world: World,
  { createdAt, updatedAt }: Stamps,
  fields: Partial<DeskCustomer>,
  emails: readonly string[],
): DeskCustomer {
  const { deskCustomers, deskContacts } = world.tables;
  const row = {
    ...newDeskCustomer(createdAt, null),
    updatedAt: updatedAt ?? createdAt,
    ...fields,
    id: deskCustomers.nextId(),
  };
  deskCustomers.put(row);
  const contacts = [
    ...emails.map((value, index) => ({ type: 'email', value, isMain: index === 0 })),
    ...SOCIAL_TYPES.map(([type, field]) => ({ type, value: row[field], isMain: false })),
  ];
  for (const contact of contacts) {
    if (contact.value === '') continue;
    const begun = newDeskContact(createdAt, null);
    deskContacts.put({ ...begun, ...contact, customerId: row.id, id: deskContacts.nextId() });
  }
  return row;
}
