/** Creates, edits and deletes customers. Everything is checked before anything is written. */
import type { JsonObject } from '../bodies';
import { newDeskCustomer } from '../desk-defaults';
import type { DeskCompany, DeskCustomer } from '../desk-records';
import type { World } from '../world';
import type { ContactDraft } from './contact-draft';
import { SOCIAL_FIELDS, draftContacts, emailsIn } from './contact-draft';
import { checkContacts, saveContacts, socialFieldsOf } from './contact-writes';
import { companyByEmail, isMatched, rematch } from './domain-matching';
import { invalidField } from './errors';
import { contactsOf, mainEmailOf } from './related';
import type { Written } from './requests';
import { deletion, isActive } from './rows';
import type { Writer } from './writer';
import { edited } from './writer';
import { flagAt, itemsAt, textsAt, wordAt } from './written-values';

const TEXTS = [
  'firstName',
  'lastName',
  'organization',
  'jobTitle',
  'phone',
  'mobile',
  'address',
  'notes',
  'extraData',
  'externalId',
  'avatarURL',
  SOCIAL_FIELDS.twitter,
  SOCIAL_FIELDS.linkedin,
  SOCIAL_FIELDS.facebook,
] as const;

interface CustomerDraft {
  readonly fields: Partial<DeskCustomer>;
  readonly contacts: readonly ContactDraft[];
}

export function createCustomer(writer: Writer, written: Written): DeskCustomer {
  const { world, author, deskUserId } = writer;
  const draft = draftCustomer(world, null, written);
  const place = draft.fields.companyId === undefined ? matchedPlace(world, draft.contacts) : {};
  const begun = newDeskCustomer(world.now(), deskUserId);
  const customer = world.tables.deskCustomers.insert({ ...begun, ...draft.fields, ...place }, author);
  saveContacts(writer, customer.id, draft.contacts);
  return customer;
}

export function updateCustomer(writer: Writer, customer: DeskCustomer, written: Written): DeskCustomer {
  const { world, author } = writer;
  const draft = draftCustomer(world, customer, written);
  const before = mainEmailOf(world, customer);
  const moved = before !== mainIn(draft.contacts) && isMatched(world, customer, before);
  const fields = { ...draft.fields, ...edited(writer) };
  const updated = world.tables.deskCustomers.update(customer.id, fields, author);
  saveContacts(writer, customer.id, draft.contacts);
  if (draft.fields.companyId === undefined && moved) rematch(writer, updated);
  return world.tables.deskCustomers.get(customer.id) ?? updated;
}

/** The customer and its contacts go; so do its tickets, of which only the number is known here. */
export function deleteCustomer(writer: Writer, customer: DeskCustomer): void {
  const { world, author, deskUserId } = writer;
  const gone = deletion(world.now(), deskUserId);
  const contacts = contactsOf(world, customer);
  world.tables.deskCustomers.update(customer.id, gone, author, 'deleted');
  for (const contact of contacts) world.tables.deskContacts.update(contact.id, gone, author, 'deleted');
}

function draftCustomer(world: World, customer: DeskCustomer | null, written: Written): CustomerDraft {
  const { record, included } = written;
  const existing = customer ? contactsOf(world, customer) : [];
  const contacts = draftContacts(existing, itemsAt(included, 'contacts'), record);
  checkContacts(world, customer?.id ?? null, contacts);
  return {
    fields: { ...fieldsIn(record), ...socialFieldsOf(contacts), ...placeIn(world, customer, included) },
    contacts,
  };
}

function fieldsIn(record: JsonObject): Partial<DeskCustomer> {
  const permission = wordAt(record, 'permission', ['own', 'all']);
  const trusted = flagAt(record, 'trusted');
  const verifiedEmail = flagAt(record, 'verifiedEmail');
  return {
    ...textsAt(record, TEXTS),
    ...(permission && { permission }),
    ...(trusted !== undefined && { trusted }),
    ...(verifiedEmail !== undefined && { verifiedEmail }),
  };
}

/** The company that `included.companies` names; the last one counts, for a customer stands in one. */
function placeIn(world: World, customer: DeskCustomer | null, included: JsonObject): Partial<DeskCustomer> {
  let place: Partial<DeskCustomer> = {};
  for (const { place: where, id, remove } of itemsAt(included, 'companies')) {
    const company: DeskCompany | undefined = id === null ? undefined : world.tables.deskCompanies.get(id);
    if (!company || !isActive(company)) throw invalidField(`${where}.id`, 'is not a company');
    if (!remove) place = { companyId: company.id, addMethod: 'manual' };
    else if (customer?.companyId === company.id) place = { companyId: null, addMethod: '', ...place };
  }
  // Naming the company where the customer stands already leaves a match by domain a match.
  return customer && place.companyId === customer.companyId
    ? { ...place, addMethod: customer.addMethod }
    : place;
}

function matchedPlace(world: World, contacts: readonly ContactDraft[]): Partial<DeskCustomer> {
  const company = companyByEmail(world, mainIn(contacts));
  return company ? { companyId: company.id, addMethod: 'auto' } : {};
}

function mainIn(contacts: readonly ContactDraft[]): string {
  return emailsIn(contacts).find(({ isMain }) => isMain)?.value ?? '';
}
