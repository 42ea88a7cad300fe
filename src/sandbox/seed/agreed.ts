/** The scenario `agreed`: Desk holds every client and every person exactly as Teamwork.com does. */
import type { World } from '../world';
import { plantCustomer, plantDeskCompany } from './plant';
import { sharedMailbox } from './recognition';
import type { Client } from './teamwork-side';

export function seedAgreedDesk(world: World, clients: readonly Client[]): void {
  for (const { name, company, people } of clients) {
    const { createdAt, updatedAt, website, emailOne: email } = company;
    const stamps = { createdAt, updatedAt };
    const desk = plantDeskCompany(world, stamps, { name: company.name, website, email }, [name.domain]);
    for (const person of people) {
      plantCustomer(
        world,
        { createdAt: person.createdAt, updatedAt: person.updatedAt },
        {
          firstName: person.firstName,
          lastName: person.lastName,
          companyId: desk.id,
          addMethod: 'manual',
          twitterHandle: person.twitter,
          facebookURL: person.facebook,
          linkedinURL: person.linkedin,
        },
        [person.email, person.emailAlt1, person.emailAlt2].filter((email) => email !== ''),
      );
    }
  }
}

/** In an agreed site everybody has a last name, nobody a picture or a shared mailbox: the sides could not agree on them. */
export function makeAgreeable(world: World, clients: readonly Client[]): void {
  for (const client of clients) {
    client.people.forEach((person, index) => {
      const lastName = person.lastName === '' ? 'Byrne' : person.lastName;
      const emailAlt1 = person.emailAlt1 === sharedMailbox(client.name.domain) ? '' : person.emailAlt1;
      const agreeable = { ...person, lastName, emailAlt1, avatarUrl: '' };
      client.people[index] = agreeable;
      world.tables.teamworkPeople.put(agreeable);
    });
  }
}
