/** The users that the tokens stand for: site admins of the owner company and agents of the helpdesk. */
import type { Author } from '../table';
import type { TeamworkCompany } from '../teamwork-records';
import type { World } from '../world';
import { newTeamworkCompany, newTeamworkPerson } from '../teamwork-defaults';

const NAMES: readonly (readonly [string, string])[] = [
  ['Robin', 'Ashdown'],
  ['Sasha', 'Merrick'],
  ['Alexis', 'Thornbury'],
  ['Jamie', 'Kilbride'],
];

const SETUP: Author = { token: null, cause: 'control' };
const CREATED_AT = '2023-11-06T09:00:00Z';

/** Gives every token its users that has none yet. */
export function addTokenUsers(world: World, tokens: readonly string[]): void {
  const { tables } = world;
  const owner = tables.teamworkCompanies.by('owner', 'owner')[0] ?? addOwner(world);
  for (const token of tokens) {
    if (tables.tokenUsers.by('token', token).length > 0) continue;
    const number = tables.tokenUsers.size;
    const [firstName, family] = NAMES[number % NAMES.length] ?? ['Robin', 'Ashdown'];
    const lastName = number < NAMES.length ? family : `${family} ${number + 1}`;
    const email = `${firstName}.${lastName.replaceAll(' ', '')}@${OWNER_DOMAIN}`.toLowerCase();
    const person = tables.teamworkPeople.insert(
      {
        ...newTeamworkPerson(CREATED_AT, null),
        firstName,
        lastName,
        email,
        userName: email,
        type: 'account',
        companyId: owner.id,
        isAdmin: true,
      },
      SETUP,
    );
    const user = tables.deskUsers.insert(
      {
        firstName,
        lastName,
        email,
        role: 'siteadmin',
        projectsUserId: person.id,
        state: 'active',
        createdAt: CREATED_AT,
        createdBy: null,
        updatedAt: CREATED_AT,
        updatedBy: null,
        deletedAt: null,
        deletedBy: null,
      },
      SETUP,
    );
    tables.tokenUsers.insert({ token, teamworkUserId: person.id, deskUserId: user.id }, SETUP);
  }
}

export const OWNER_DOMAIN = 'harbourlight.example';

/** The site's own company, first of all. */
function addOwner(world: World): TeamworkCompany {
  return world.tables.teamworkCompanies.insert(
    {
      ...newTeamworkCompany(CREATED_AT, null),
      name: 'Harbourlight Agency',
      website: `https://www.${OWNER_DOMAIN}`,
      emailOne: `office@${OWNER_DOMAIN}`,
      isOwner: true,
    },
    SETUP,
  );
}
