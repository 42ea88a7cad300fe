/** The agency's own people, who never sync: staff, a service account, a placeholder, and traces of them in Desk. */
import type { Random } from '../random';
import type { World } from '../world';
import type { People } from './people';
import { recased } from './people';
import { plantCustomer, plantDeskCompany, plantPerson } from './plant';
import { someTimes } from './times';
import { OWNER_DOMAIN } from './token-users';

const STAFF = 12;
const TITLES = ['Account manager', 'Designer', 'Developer', 'Producer', 'Support agent'];

export function seedStaff(world: World, random: Random, people: People): void {
  const owner = world.tables.teamworkCompanies.by('owner', 'owner')[0];
  if (!owner) return;
  for (let n = 0; n < STAFF; n += 1) {
    const { firstName, lastName, email } = people.someone(OWNER_DOMAIN);
    const times = someTimes(random);
    plantPerson(world, times, {
      type: 'account',
      companyId: owner.id,
      firstName,
      lastName,
      email,
      userName: email,
      title: random.pick(TITLES),
      lastLogin: times.createdAt,
    });
  }
  plantPerson(world, someTimes(random), {
    type: 'account',
    companyId: owner.id,
    firstName: 'Reporting',
    lastName: 'Service',
    email: `reporting@${OWNER_DOMAIN}`,
    isServiceAccount: true,
  });
  plantPerson(world, someTimes(random), {
    type: 'account',
    companyId: owner.id,
    firstName: 'Senior',
    lastName: 'Developer (to be hired)',
    isPlaceholder: true,
  });
}

/** Staff who once wrote to the helpdesk themselves, under a Desk company of the agency's own name. */
export function seedStaffInDesk(world: World, random: Random): void {
  const owner = world.tables.teamworkCompanies.by('owner', 'owner')[0];
  if (!owner) return;
  const { id } = plantDeskCompany(world, someTimes(random), { name: owner.name }, [OWNER_DOMAIN]);
  const staff = world.tables.teamworkPeople.by('company', owner.id).filter((row) => row.email !== '');
  const writers = staff.slice(-4);
  writers.forEach((row, index) => {
    const { firstName, lastName } = row;
    const email = index === 0 ? recased(row.email) : row.email;
    const companyId = index === 1 ? null : id;
    plantCustomer(world, someTimes(random), { firstName, lastName, companyId, numTickets: 1 }, [email]);
  });
}
