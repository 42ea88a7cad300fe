/** What Desk holds of an agency whose helpdesk grew by itself: a third of the clients, some hard to recognise, and others. */
import type { DeskCompany } from '../desk-records';
import type { Random } from '../random';
import type { TeamworkPerson } from '../teamwork-records';
import type { World } from '../world';
import { SPELLINGS, fullCompanyName } from './company-names';
import type { People } from './people';
import { recased } from './people';
import { plantCompany, plantCustomer, plantDeskCompany } from './plant';
import { isKnownByDomain, sharedMailbox, turnOf, variantOf } from './recognition';
import type { Client } from './teamwork-side';
import { someTimes } from './times';

const TICKET_NAMES = ['', '', 'Info', 'Accounts Payable', 'no-reply'];

export interface DeskSeed {
  readonly world: World;
  readonly random: Random;
  readonly people: People;
}

/** Every third client stands in Desk already; how it is written there goes round by turns. */
export function seedKnownClients(seed: DeskSeed, clients: readonly Client[]): void {
  clients.forEach((client, index) => {
    const turn = turnOf(index);
    if (turn !== null) plantKnownClient(seed, client, turn);
    else if (index % 50 === 1) plantStrayCustomers(seed, client);
  });
}

function plantKnownClient(seed: DeskSeed, client: Client, turn: number): void {
  const { world, random, people } = seed;
  const { name, company } = client;
  const fields = {
    website: random.chance(0.5) ? `http://www.${name.domain}/` : '',
    email: random.chance(0.3) ? company.emailOne : '',
    details: random.chance(0.2) ? 'Prefers to be called in the morning' : '',
  };
  const desk = plantDeskCompany(
    world,
    someTimes(random),
    { ...fields, name: nameInDesk(client, turn) },
    isKnownByDomain(turn) || random.chance(0.6) ? [name.domain] : [],
  );
  for (const person of client.people) {
    if (random.chance(0.6)) plantKnownPerson(seed, person, desk, name.domain);
  }
  if (turn % 2 === 0) plantEarlierCustomer(seed, desk, people.someone(name.domain));
}

/** The same company with another punctuation, case, legal form or form of its letters. */
function nameInDesk({ name, company }: Client, turn: number): string {
  const { stem, legalForm } = name;
  if (isKnownByDomain(turn))
    return `Account ${stem.slice(0, 1)}-${turn} (${legalForm === '' ? 'client' : 'VIP'})`;
  switch (variantOf(turn)) {
    case 1:
      return `${stem.toUpperCase()} ${legalForm.replace(/\W/g, '')}`.trim();
    case 2:
      return legalForm === '' ? `${stem}, Inc.` : stem;
    case 6:
      return fullCompanyName({ ...name, legalForm: SPELLINGS[legalForm] ?? legalForm });
    case 7:
      return company.name.normalize('NFD');
    case 8:
      return `  ${stem.toLowerCase()}`;
    default:
      return company.name;
  }
}

/** One person of a client as Desk knows them: often the same, sometimes written in another way. */
function plantKnownPerson(
  { world, random }: DeskSeed,
  person: TeamworkPerson,
  desk: DeskCompany,
  domain: string,
): void {
  const roll = random.below(20);
  const plainEmail = person.email.toLowerCase();
  const alternatives = [person.emailAlt1, person.emailAlt2].filter(
    (email) => email !== '' && email !== sharedMailbox(domain),
  );
  const swapped = roll === 3 && alternatives.length > 0;
  const main = roll < 2 ? recased(plainEmail) : plainEmail;
  const [emails, matchedByDomain] = swapped
    ? [[...alternatives.slice(0, 1), main], false]
    : [[main, ...(roll === 4 ? alternatives : [])], main.toLowerCase().endsWith(`@${domain}`)];
  plantCustomer(
    world,
    someTimes(random),
    {
      firstName: roll === 5 ? person.firstName.slice(0, 1) + '.' : person.firstName,
      lastName: roll === 6 ? '' : person.lastName,
      companyId: desk.id,
      addMethod: matchedByDomain ? 'auto' : 'manual',
      jobTitle: roll === 7 ? person.title : '',
      twitterHandle: roll === 8 ? person.twitter : '',
      numTickets: random.below(6),
    },
    emails,
  );
}

/** Somebody of a known client whom Teamwork.com has never heard of. */
function plantEarlierCustomer(
  { world, random }: DeskSeed,
  desk: DeskCompany,
  someone: { firstName: string; lastName: string; email: string },
): void {
  const { firstName, lastName, email } = someone;
  const fields = { firstName, lastName, companyId: desk.id, addMethod: 'auto' as const, numTickets: 1 };
  plantCustomer(world, someTimes(random), fields, [email]);
}

/** People of a client who only ever wrote tickets: customers without a company, some without a name. */
function plantStrayCustomers({ world, random }: DeskSeed, client: Client): void {
  for (const { email, firstName, lastName } of client.people.slice(0, 2)) {
    const named = random.chance(0.5) ? { firstName, lastName } : {};
    plantCustomer(world, someTimes(random), { ...named, numTickets: 1 }, [email.toLowerCase()]);
  }
}

/** Companies and customers that only Desk has, and senders of tickets that nobody knows. */
export function seedDeskNatives(seed: DeskSeed, companies: number): void {
  const { world, random, people } = seed;
  for (let n = 1; n <= Math.ceil(companies / 12); n += 1) {
    const domain = `walk-in-${n}.example`;
    const desk = plantDeskCompany(world, someTimes(random), { name: `Walk-in Customer ${n} Ltd` }, [domain]);
    for (let k = 0; k < 1 + (n % 3); k += 1) plantEarlierCustomer(seed, desk, people.someone(domain));
  }
  for (let n = 1; n <= Math.ceil(companies / 4); n += 1) {
    const { firstName, lastName, email } = people.someone(`sender-${n}.example`);
    const named = n % 2 === 0 ? { firstName, lastName } : { firstName: random.pick(TICKET_NAMES) };
    plantCustomer(world, someTimes(random), { ...named, numTickets: 1 }, [email]);
  }
}

/** The cases that no rule can settle: two companies with several candidates each, one person in two companies. */
export function seedAmbiguities({ world, random }: DeskSeed, clients: readonly Client[]): void {
  plantCompany(world, someTimes(random), { name: 'Orchid Media Inc.' });
  plantCompany(world, someTimes(random), { name: 'Orchid Media LLC' });
  plantDeskCompany(world, someTimes(random), { name: 'Orchid Media' });
  plantCompany(world, someTimes(random), { name: 'Meridian' });
  plantDeskCompany(world, someTimes(random), { name: 'Meridian Ltd' });
  plantDeskCompany(world, someTimes(random), { name: 'Meridian GmbH' });

  const [first] = clients.filter((client, index) => turnOf(index) === null && client.people.length > 2);
  const elsewhere = [...world.tables.deskCompanies.all()].find((row) => row.name.startsWith('Walk-in'));
  const person = first?.people.at(-1);
  if (!person || !elsewhere) return;
  const { firstName, lastName, email } = person;
  const fields = { firstName, lastName, companyId: elsewhere.id, addMethod: 'manual' as const };
  plantCustomer(world, someTimes(random), fields, [email.toLowerCase()]);
}
