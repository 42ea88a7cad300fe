/** The seeded sites: what a real agency has, the same for the same seed. */
import { buildSandbox } from '../../src/sandbox/server';
import type { SeedSize } from '../../src/sandbox/seed/size';
import { DEFAULT_SIZE } from '../../src/sandbox/seed/size';
import { folded } from '../../src/sandbox/world';

function site(size: Partial<SeedSize> = {}) {
  const { ctx } = buildSandbox({ tokens: ['token-a'], size: { ...DEFAULT_SIZE, ...size }, latencyMs: 0 });
  const { tables } = ctx.world;
  return {
    tables,
    clients: [...tables.teamworkCompanies.all()].filter((row) => !row.isOwner && row.status === 'active'),
    owner: tables.teamworkCompanies.by('owner', 'owner')[0],
    people: [...tables.teamworkPeople.all()].filter((row) => !row.deleted),
    deskCompanies: [...tables.deskCompanies.all()],
    customers: [...tables.deskCustomers.all()],
    emails: [...tables.deskContacts.all()].filter((row) => row.type === 'email'),
  };
}
const agency = site();
const twice = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);
const plainName = (name: string) =>
  folded(name.normalize('NFC'))
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/ (ltd|limited|inc|incorporated|llc|gmbh|bv|sa|pty ltd|ag|oy|ab)$/, '');

test('two hundred clients and two thousand people of theirs', () => {
  expect(agency.clients).toHaveLength(200);
  expect(agency.people.filter((row) => row.companyId !== agency.owner?.id)).toHaveLength(2_000);
});

test('the same seed gives the same site, another seed another', () => {
  const names = (seed: number) => JSON.stringify([site({ seed, companies: 20, people: 50 }).people]);
  expect(names(5)).toBe(names(5));
  expect(names(5)).not.toBe(names(6));
});

test.each(['agency', 'agreed'] as const)(
  '%s: within one side names and emails are taken once',
  (scenario) => {
    const { clients, people, deskCompanies, emails } = site({ scenario });
    expect(twice(clients.map(({ name }) => folded(name)))).toEqual([]);
    expect(twice(people.filter(({ email }) => email !== '').map(({ email }) => folded(email)))).toEqual([]);
    expect(twice(deskCompanies.map(({ name }) => folded(name)))).toEqual([]);
    expect(twice(emails.map(({ value }) => folded(value)))).toEqual([]);
  },
);

test('every email is well formed', () => {
  const all = [...agency.people.map(({ email }) => email), ...agency.emails.map(({ value }) => value)];
  expect(all.filter((email) => email !== '' && !/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(email))).toEqual([]);
});

test('a third of the clients stands in Desk: by its name, in another spelling, by a domain only', () => {
  const domainOf = (website: string) => website.replace(/^https?:\/\//, '').replace(/^www\.|\/$/g, '');
  const exact = new Set(agency.deskCompanies.map(({ name }) => name));
  const plain = new Set(agency.deskCompanies.map(({ name }) => plainName(name)));
  const sameName = agency.clients.filter(({ name }) => exact.has(name));
  const otherSpelling = agency.clients.filter(({ name }) => !exact.has(name) && plain.has(plainName(name)));
  const domainOnly = agency.clients.filter(
    ({ name, website }) =>
      !plain.has(plainName(name)) && agency.tables.deskDomains.by('name', domainOf(website)).length > 0,
  );
  expect(sameName.length).toBeGreaterThan(20);
  expect(otherSpelling.length).toBeGreaterThan(15);
  expect(domainOnly.length).toBeGreaterThan(8);
  const known = sameName.length + otherSpelling.length + domainOnly.length;
  expect(known / agency.clients.length).toBeCloseTo(1 / 3, 1);
});

test.each<[string, number, (row: (typeof agency.people)[number]) => boolean]>([
  ['people without a last name', 10, (row) => row.lastName === '' && row.companyId !== agency.owner?.id],
  ['emails written with capitals', 20, (row) => row.email !== row.email.toLowerCase()],
  ['alternative emails', 50, (row) => row.emailAlt1 !== ''],
  ['public mail addresses', 50, (row) => /@(gmail|outlook|yahoo|icloud)\.com$/.test(row.email)],
  ['client users', 200, (row) => row.isClientUser],
  ['contacts', 500, (row) => row.type === 'contact'],
  ['collaborators', 100, (row) => row.type === 'collaborator'],
  ['staff of the owner company', 10, (row) => row.companyId === agency.owner?.id],
  ['service accounts', 1, (row) => row.isServiceAccount],
  ['placeholders', 1, (row) => row.isPlaceholder],
  ['names outside Latin script', 50, (row) => /^\P{Script=Latin}+$/u.test(row.firstName)],
])('%s: at least %i', (_name, least, holds) => {
  expect(agency.people.filter(holds).length).toBeGreaterThanOrEqual(least);
});

test('customers: of companies that only Desk has, from tickets without company or name, staff among them', () => {
  const staff = new Set(
    agency.people.filter((row) => row.companyId === agency.owner?.id).map(({ email }) => folded(email)),
  );
  const walkIns = agency.deskCompanies.filter(({ name }) => name.startsWith('Walk-in')).map(({ id }) => id);
  const fromTickets = agency.customers.filter((row) => row.companyId === null && row.numTickets > 0);
  expect(agency.customers.filter((row) => walkIns.includes(row.companyId ?? 0)).length).toBeGreaterThan(10);
  expect(fromTickets.length).toBeGreaterThan(20);
  expect(fromTickets.filter((row) => row.firstName === '' && row.lastName === '').length).toBeGreaterThan(5);
  expect(agency.emails.filter(({ value }) => staff.has(folded(value))).length).toBeGreaterThanOrEqual(3);
});

test('two companies that no rule can settle', () => {
  const named = (stem: string) => [
    agency.clients.filter(({ name }) => plainName(name) === stem).length,
    agency.deskCompanies.filter(({ name }) => plainName(name) === stem).length,
  ];
  expect([named('orchid media'), named('meridian')]).toEqual([
    [2, 1],
    [1, 2],
  ]);
});

test('agreed: every client and every person stands in Desk with the same values', () => {
  const { tables, clients, people, owner } = site({ scenario: 'agreed', companies: 50, people: 300 });
  for (const client of clients) {
    const [desk] = tables.deskCompanies.by('name', folded(client.name));
    expect(desk).toMatchObject({ name: client.name, website: client.website, email: client.emailOne });
  }
  for (const person of people.filter((row) => row.companyId !== owner?.id)) {
    const [main] = tables.deskContacts.by('value', folded(person.email));
    const customer = tables.deskCustomers.get(main?.customerId ?? 0);
    const values = tables.deskContacts
      .by('customer', customer?.id ?? 0)
      .filter(({ type }) => type === 'email');
    const alternatives = [person.emailAlt1, person.emailAlt2].filter((email) => email !== '');
    expect(main).toMatchObject({ value: person.email, isMain: true });
    expect(customer).toMatchObject({
      firstName: person.firstName,
      lastName: person.lastName,
      twitterHandle: person.twitter,
      linkedinURL: person.linkedin,
    });
    expect(values.filter(({ isMain }) => !isMain).map(({ value }) => value)).toEqual(alternatives);
  }
});

test('empty-desk: Desk holds nothing but its agents', () => {
  const { deskCompanies, customers, emails } = site({ scenario: 'empty-desk' });
  expect([deskCompanies, customers, emails]).toEqual([[], [], []]);
});
