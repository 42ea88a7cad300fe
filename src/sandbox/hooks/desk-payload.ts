/** What Desk's hooks say of a customer, taken when it changed. */
import type { JsonObject } from '../bodies';
import { companyOf, mainEmailOf } from '../desk/related';
import type { World } from '../world';
import type { News } from './news';

export function deskPayload(world: World, { event, record, token }: News): JsonObject {
  const creator = creatorOf(world, token);
  const customer = world.tables.deskCustomers.get(record);
  if (event === 'customer.deleted' || !customer) return { id: record, ...creator };
  return {
    customer: {
      id: customer.id,
      firstName: customer.firstName,
      lastName: customer.lastName,
      email: mainEmailOf(world, customer),
      jobTitle: customer.jobTitle,
      phone: customer.phone,
      mobile: customer.mobile,
      address: customer.address,
      company: companyOf(world, customer)?.name ?? '',
      facebookURL: customer.facebookURL,
      linkedinURL: customer.linkedinURL,
      twitterURL: customer.twitterHandle,
      googlePlusURL: '',
    },
    ...creator,
  };
}

function creatorOf(world: World, token: string | null): JsonObject {
  const user = token === null ? undefined : world.tables.tokenUsers.by('token', token)[0];
  return user ? { eventCreatorId: user.deskUserId } : {};
}
