/** What Teamwork.com's hooks say of a record, taken when it changed. */
import type { JsonObject } from '../bodies';
import type { World } from '../world';
import type { News } from './news';

function creatorId(world: World, token: string | null): number {
  return token === null ? 0 : (world.tables.tokenUsers.by('token', token)[0]?.teamworkUserId ?? 0);
}

/** The user who did it; nobody's name where no token was behind it. */
function eventCreator(world: World, token: string | null): JsonObject {
  const id = creatorId(world, token);
  const user = world.tables.teamworkPeople.get(id);
  return {
    id,
    firstName: user?.firstName ?? '',
    lastName: user?.lastName ?? '',
    avatar: user?.avatarUrl ?? '',
  };
}

function entityOf(world: World, { event, record }: News): JsonObject {
  if (event.startsWith('COMPANY.')) {
    const company = world.tables.teamworkCompanies.get(record);
    if (!company) return {};
    const { id, name, website, createdAt, updatedAt } = company;
    return { company: { id, name, website, dateCreated: createdAt, dateUpdated: updatedAt ?? createdAt } };
  }
  const person = world.tables.teamworkPeople.get(record);
  if (!person) return {};
  const { id, firstName, lastName, email, companyId, createdAt, updatedAt } = person;
  const dates = { dateCreated: createdAt, dateUpdated: updatedAt ?? createdAt };
  return { user: { id, firstName, lastName, email, companyId, ...dates } };
}

export function teamworkPayload(world: World, news: News): JsonObject {
  const creator = eventCreator(world, news.token);
  if (news.event.endsWith('.DELETED')) return { id: news.record, eventCreator: creator };
  return { ...entityOf(world, news), eventCreator: creator };
}

/** The flat form of hooks of version 1. */
export function legacyFields(world: World, { event, record, token }: News): Record<string, string> {
  const userId = String(creatorId(world, token));
  return { accountId: '1', event, objectId: String(record), userId };
}
