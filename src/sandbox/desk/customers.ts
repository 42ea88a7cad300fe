/** What happens to customers outside the API: an incoming ticket makes one, an agent merges two. */
import { newDeskContact, newDeskCustomer } from '../desk-defaults';
import type { DeskContact, DeskCustomer } from '../desk-records';
import { Refused } from '../refused';
import type { World } from '../world';
import { MOST_EMAILS, holderOf } from './contact-writes';
import { companyByEmail } from './domain-matching';
import { contactsOf } from './related';
import { deletion, isActive } from './rows';
import { edited, helpdesk } from './writer';
import type { Writer } from './writer';
import { isEmail } from './written-values';

export interface Ticket {
  readonly email: string;
  /** The sender's name as the mail shows it. */
  readonly name?: string | undefined;
}

/** Joins an incoming ticket to the customer who has its email, or makes one. Throws a 400 at a malformed email. */
export function customerFromTicket(world: World, ticket: Ticket): DeskCustomer {
  const email = ticket.email.trim();
  if (!isEmail(email)) throw new Refused(400, { error: 'email must be a valid email address' });
  const writer = helpdesk(world, 'ticket');
  const holder = holderOf(world, email, null);
  const known = holder && world.tables.deskCustomers.get(holder.customerId);
  if (known) {
    return world.tables.deskCustomers.update(known.id, { numTickets: known.numTickets + 1 }, writer.author);
  }
  const company = companyByEmail(world, email);
  const [firstName = '', ...rest] = (ticket.name ?? '').trim().split(/\s+/);
  const customer = world.tables.deskCustomers.insert(
    {
      ...newDeskCustomer(world.now(), null),
      firstName,
      lastName: rest.join(' '),
      companyId: company?.id ?? null,
      addMethod: company ? 'auto' : '',
      numTickets: 1,
    },
    writer.author,
  );
  const contact = {
    ...newDeskContact(world.now(), null),
    customerId: customer.id,
    value: email,
    isMain: true,
  };
  world.tables.deskContacts.insert(contact, writer.author);
  return customer;
}

const FILLED_IN = [
  'firstName',
  'lastName',
  'organization',
  'jobTitle',
  'phone',
  'mobile',
  'address',
  'externalId',
  'linkedinURL',
  'facebookURL',
  'twitterHandle',
] as const;

/**
 * Merges the secondary customer into the primary: its emails become alternatives, its notes and tickets move, blanks
 * are filled in, it is deleted. Throws a 404 at an unknown customer, a 400 where both are one.
 */
export function mergeCustomers(world: World, primaryId: number, secondaryId: number): DeskCustomer {
  const primary = customerOrRefuse(world, primaryId);
  const secondary = customerOrRefuse(world, secondaryId);
  if (primary.id === secondary.id) {
    throw new Refused(400, { error: `customer ${primary.id} cannot be merged with itself` });
  }
  const writer = helpdesk(world, 'merge');
  moveContacts(writer, primary, secondary);
  const { deskCustomers } = world.tables;
  deskCustomers.update(secondary.id, deletion(world.now(), null), writer.author, 'deleted');
  const blanks = FILLED_IN.filter((key) => primary[key] === '' && secondary[key] !== '');
  return deskCustomers.update(
    primary.id,
    {
      ...Object.fromEntries(blanks.map((key) => [key, secondary[key]])),
      notes: [primary.notes, secondary.notes].filter((text) => text !== '').join('\n\n'),
      numTickets: primary.numTickets + secondary.numTickets,
      ...edited(writer),
    },
    writer.author,
  );
}

function customerOrRefuse(world: World, id: number): DeskCustomer {
  const customer = world.tables.deskCustomers.get(id);
  if (customer && isActive(customer)) return customer;
  throw new Refused(404, { error: `no customer ${id}` });
}

/** Emails move up to one main and three alternatives, handles where the primary has none; the rest goes. */
function moveContacts(writer: Writer, primary: DeskCustomer, secondary: DeskCustomer): void {
  const { world, author } = writer;
  const kept: DeskContact[] = contactsOf(world, primary);
  for (const contact of contactsOf(world, secondary)) {
    const alike = kept.filter(({ type }) => type === contact.type).length;
    if (alike < (contact.type === 'email' ? MOST_EMAILS : 1)) {
      kept.push(contact);
      const moved = { customerId: primary.id, isMain: false, ...edited(writer) };
      world.tables.deskContacts.update(contact.id, moved, author);
    } else {
      world.tables.deskContacts.update(contact.id, deletion(world.now(), null), author, 'deleted');
    }
  }
}
