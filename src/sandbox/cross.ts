/** What one side does to the other: the box `createInProjects`, and the signs of the vendor's own built-in sync. */
import type { DeskCompany } from './desk-records';
import type { Author } from './table';
import type { TeamworkCompany } from './teamwork-records';
import { newTeamworkCompany } from './teamwork-defaults';
import type { World } from './world';

/** The live company of this name. */
export function liveCompanyNamed(world: World, name: string): TeamworkCompany | undefined {
  return world.tables.teamworkCompanies
    .by('name', name.trim().toLowerCase())
    .find((row) => row.status === 'active');
}

/**
 * Makes, or finds by name, the Teamwork.com client of a Desk company and remembers it on the Desk company;
 * only under the switch `builtInSync` do its domains show it.
 */
export function createInProjects(
  world: World,
  desk: DeskCompany,
  author: Author,
  teamworkUserId: number,
): TeamworkCompany {
  const cause: Author = { token: author.token, cause: 'create in projects' };
  const client =
    liveCompanyNamed(world, desk.name) ??
    world.tables.teamworkCompanies.insert(
      {
        ...newTeamworkCompany(world.now(), teamworkUserId),
        name: desk.name,
        website: desk.website,
        emailOne: desk.email,
      },
      cause,
    );
  if (!client.isOwner) joinCompanies(world, desk, client, cause);
  return client;
}

function joinCompanies(world: World, desk: DeskCompany, client: TeamworkCompany, author: Author): void {
  world.tables.deskCompanies.update(desk.id, { projectsCompanyId: client.id }, author);
  if (!world.settings().switches.builtInSync) return;
  for (const domain of world.tables.deskDomains.by('company', desk.id)) {
    if (domain.state === 'active') {
      world.tables.deskDomains.update(domain.id, { projectsCompanyId: client.id }, author);
    }
  }
}

/** Shows the signs of the built-in sync: every Desk company that has a client of its name points to it. */
export function showBuiltInSync(world: World): void {
  const author: Author = { token: null, cause: 'built-in sync' };
  for (const desk of world.tables.deskCompanies.all()) {
    if (desk.state !== 'active') continue;
    const client = liveCompanyNamed(world, desk.name);
    if (client && !client.isOwner) joinCompanies(world, desk, client, author);
  }
}

/** Takes the signs away again. */
export function hideBuiltInSync(world: World): void {
  const author: Author = { token: null, cause: 'built-in sync' };
  for (const domain of world.tables.deskDomains.all()) {
    if (domain.projectsCompanyId !== null) {
      world.tables.deskDomains.update(domain.id, { projectsCompanyId: null }, author);
    }
  }
}
