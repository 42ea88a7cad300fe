/** Checks and saves the contacts of a customer. */
import { newDeskContact } from '../desk-defaults';
import type { DeskContact, DeskCustomer } from '../desk-records';
import type { World } from '../world';
import { folded } from '../world';
import type { ContactDraft } from './contact-draft';
import { SOCIALS, SOCIAL_FIELDS, emailsIn } from './contact-draft';
import { invalid } from './errors';
import { deletion, isActive } from './rows';
import type { Writer } from './writer';
import { edited } from './writer';
import { isEmail } from './written-values';

/** One main email and three alternatives. */
export const MOST_EMAILS = 4;

/** Throws a 400 that names every email that is missing, malformed, taken or too many. */
export function checkContacts(
  world: World,
  customerId: number | null,
  drafts: readonly ContactDraft[],
): void {
  const emails = emailsIn(drafts);
  const errors: Record<string, string[]> = {};
  if (emails.length === 0) errors.email = ['must be set'];
  if (emails.length > MOST_EMAILS) errors.contacts = [`must have at most ${MOST_EMAILS} emails`];
  for (const { place, value } of emails) {
    if (place === null) continue;
    const field = place === 'email' ? place : `${place}.value`;
    if (!isEmail(value)) errors[field] = ['must be a valid email address'];
    else if (holderOf(world, value, customerId)) errors[field] = ['is already in use'];
  }
  if (Object.keys(errors).length > 0) throw invalid(errors);
}

/** The live contact of another customer that has this email, main or alternative. */
export function holderOf(world: World, email: string, customerId: number | null): DeskContact | undefined {
  return world.tables.deskContacts
    .by('value', folded(email))
    .find((contact) => isActive(contact) && contact.type === 'email' && contact.customerId !== customerId);
}

/** Writes what differs from the rows. */
export function saveContacts(writer: Writer, customerId: number, drafts: readonly ContactDraft[]): void {
  const { world, author, deskUserId } = writer;
  const { deskContacts } = world.tables;
  for (const draft of drafts) {
    const { type, value, isMain } = draft;
    if (draft.id === null) {
      if (draft.removed) continue;
      const begun = newDeskContact(world.now(), deskUserId);
      deskContacts.insert({ ...begun, customerId, type, value, isMain }, author);
      continue;
    }
    const before = deskContacts.get(draft.id);
    if (!before) continue;
    if (draft.removed) deskContacts.update(draft.id, deletion(world.now(), deskUserId), author, 'deleted');
    else if (before.type !== type || before.value !== value || before.isMain !== isMain) {
      deskContacts.update(draft.id, { type, value, isMain, ...edited(writer) }, author);
    }
  }
}

/** The customer's own social fields, as its contacts say; a network without any contact is left out. */
export function socialFieldsOf(drafts: readonly ContactDraft[]): Partial<DeskCustomer> {
  const fields: Partial<Record<(typeof SOCIAL_FIELDS)[keyof typeof SOCIAL_FIELDS], string>> = {};
  for (const social of SOCIALS) {
    const known = drafts.filter(({ type }) => type === social);
    if (known.length === 0) continue;
    fields[SOCIAL_FIELDS[social]] = known.find(({ removed }) => !removed)?.value ?? '';
  }
  return fields;
}
