/** The client companies of the agency and their people in Teamwork.com. */
import type { Random } from '../random';
import type { PersonType, TeamworkCompany, TeamworkPerson } from '../teamwork-records';
import type { World } from '../world';
import type { CompanyName } from './company-names';
import { companyName, fullCompanyName } from './company-names';
import type { People } from './people';
import { recased } from './people';
import { plantCompany, plantPerson } from './plant';
import type { SeedSize } from './size';
import { isKnownByDomain, sharedMailbox, turnOf } from './recognition';
import { someTimes } from './times';

export interface Client {
  readonly name: CompanyName;
  readonly company: TeamworkCompany;
  readonly people: TeamworkPerson[];
}

const COUNTRIES = ['IE', 'GB', 'DE', 'FR', 'ES', 'PL', 'US', 'JP', 'BR', ''];
const CITIES = ['Cork', 'Leeds', 'Köln', 'Lyon', 'Bilbao', 'Łódź', 'Austin', '大阪', 'São Paulo', ''];
const TITLES = ['Owner', 'Marketing lead', 'Office manager', 'IT', 'Buyer', '', '', ''];

export function seedClients(world: World, size: SeedSize, random: Random, people: People): Client[] {
  const offset = random.below(1_000);
  const clients: Client[] = [];
  for (let index = 0; index < size.companies; index += 1) {
    const name = companyName(offset + index, random);
    const company = plantCompany(world, someTimes(random), clientFields(name, index, random));
    clients.push({ name, company, people: [] });
  }
  shareOut(size.people, clients, random).forEach((client) => {
    client.people.push(plantClientPerson(world, client, random, people));
  });
  return clients;
}

/** One in forty companies has no domain of its own: its page and its mailbox are somebody else's. */
function livesElsewhere(index: number): boolean {
  return index % 40 === 7;
}

/** How a company writes its website: the same domain in several spellings, or a page at somebody else's. */
function websiteOf({ domain }: CompanyName, index: number, random: Random): string {
  if (isKnownByDomain(turnOf(index))) return `https://www.${domain}`;
  if (livesElsewhere(index)) return `https://www.facebook.com/${domain.split('.', 1)[0] ?? ''}`;
  const forms = [`https://www.${domain}`, `https://${domain}/`, `http://${domain}`, `www.${domain}`, ''];
  return random.pick(forms);
}

function clientFields(name: CompanyName, index: number, random: Random) {
  const place = random.below(COUNTRIES.length);
  const email =
    index % 40 === 7 ? `${name.domain.split('.', 1)[0] ?? ''}@gmail.com` : `office@${name.domain}`;
  return {
    name: fullCompanyName(name),
    website: websiteOf(name, index, random),
    emailOne: random.chance(0.7) ? email : '',
    phone: random.chance(0.5) ? `+353 21 555 ${String(1000 + random.below(9000))}` : '',
    city: CITIES[place] ?? '',
    countryCode: COUNTRIES[place] ?? '',
  };
}

/** Every person's company: few have many people, many have few, some have none. */
function shareOut(people: number, clients: readonly Client[], random: Random): Client[] {
  const weights = clients.map(() => random.next() ** 2);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const places: Client[] = [];
  let reached = 0;
  clients.forEach((client, index) => {
    reached += weights[index] ?? 0;
    const until = index === clients.length - 1 ? people : Math.round((people * reached) / whole);
    while (places.length < until) places.push(client);
  });
  return places;
}

function someType(random: Random): PersonType {
  const roll = random.next();
  return roll < 0.55 ? 'contact' : roll < 0.85 ? 'account' : 'collaborator';
}

function plantClientPerson(
  world: World,
  { name, company }: Client,
  random: Random,
  people: People,
): TeamworkPerson {
  const { firstName, lastName, email, plain } = people.someone(name.domain);
  const type = someType(random);
  const number = world.tables.teamworkPeople.size;
  const times = someTimes(random);
  const hasAlternative = random.chance(0.08);
  const shares = !hasAlternative && random.chance(0.02) ? sharedMailbox(name.domain) : '';
  const social = random.chance(0.1);
  return plantPerson(world, times, {
    type,
    companyId: company.id,
    firstName,
    lastName: random.chance(0.02) ? '' : lastName,
    email: random.chance(0.05) ? recased(email) : email,
    emailAlt1: hasAlternative ? people.freeEmail(`${plain}.private`, 'mail.example') : shares,
    emailAlt2: hasAlternative && random.chance(0.3) ? people.freeEmail(plain, 'old-mail.example') : '',
    userName: type === 'contact' ? '' : email,
    isClientUser: type === 'account',
    title: random.pick(TITLES),
    phoneOffice: random.chance(0.3) ? `+353 21 556 ${String(1000 + random.below(9000))}` : '',
    avatarUrl: random.chance(0.2) ? `/files/avatars/person-${number}.png` : '',
    twitter: social ? plain.replace(/\W/g, '') : '',
    linkedin: social ? `https://www.linkedin.com/in/${plain.replace(/\W/g, '-')}` : '',
    lastLogin: type !== 'contact' && random.chance(0.7) ? times.createdAt : null,
  });
}
