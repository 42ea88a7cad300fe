/** Fills an empty world with a site: what a real agency has, or one of the other scenarios. */
import { seededRandom } from '../random';
import type { World } from '../world';
import { makeAgreeable, seedAgreedDesk } from './agreed';
import { seedAmbiguities, seedDeskNatives, seedKnownClients } from './desk-side';
import { createPeople } from './people';
import { plantCompany, plantPerson } from './plant';
import type { SeedSize } from './size';
import { seedStaff, seedStaffInDesk } from './staff';
import { seedClients } from './teamwork-side';
import { someTimes } from './times';

/** Below this many companies a site has none of the cases that no rule can settle. */
const COMPANIES_FOR_AMBIGUITY = 10;

export function seedWorld(world: World, size: SeedSize): void {
  const random = seededRandom(size.seed);
  const people = createPeople(random);
  seedStaff(world, random, people);
  seedTrash(world, random);
  const ambiguous = size.scenario === 'agency' && size.companies >= COMPANIES_FOR_AMBIGUITY;
  const clients = seedClients(
    world,
    ambiguous ? { ...size, companies: size.companies - 3 } : size,
    random,
    people,
  );
  switch (size.scenario) {
    case 'empty-desk':
      return;
    case 'agreed':
      makeAgreeable(world, clients);
      {
        seedAgreedDesk(world, clients);
        return;
      }
    case 'agency': {
      const seed = { world, random, people };
      seedStaffInDesk(world, random);
      seedKnownClients(seed, clients);
      seedDeskNatives(seed, size.companies);
      if (ambiguous) seedAmbiguities(seed, clients);
    }
  }
}

/** A client that was deleted long ago, with its person in the trash. */
function seedTrash(world: World, random: ReturnType<typeof seededRandom>): void {
  const times = someTimes(random);
  const deletedAt = '2025-07-01T08:00:00Z';
  const gone = {
    deletedAt,
    deletedBy: world.tables.tokenUsers.get(1)?.teamworkUserId ?? null,
    updatedAt: deletedAt,
  };
  const company = plantCompany(world, times, { name: 'Closed Chapter Ltd', status: 'deleted', ...gone });
  plantPerson(world, times, {
    type: 'contact',
    companyId: company.id,
    firstName: 'Former',
    lastName: 'Client',
    email: 'former.client@closed-chapter.example',
    deleted: true,
    ...gone,
  });
}
