/** Works out a customer's contacts after a write, before anything is written: additive upserts, one main email. */
import type { JsonObject } from '../bodies';
import type { DeskContact } from '../desk-records';
import { folded } from '../world';
import { invalidField } from './errors';
import type { WrittenItem } from './written-values';
import { flagAt, textAt } from './written-values';

export const SOCIAL_FIELDS = {
  twitter: 'twitterHandle',
  linkedin: 'linkedinURL',
  facebook: 'facebookURL',
} as const;
export type Social = keyof typeof SOCIAL_FIELDS;
export const SOCIALS: readonly Social[] = ['twitter', 'linkedin', 'facebook'];

export interface ContactDraft {
  /** Null until the row exists. */
  readonly id: number | null;
  type: string;
  value: string;
  isMain: boolean;
  removed: boolean;
  /** Where the client wrote it, for messages; null while it is as it was. */
  place: string | null;
}

/** Throws a 400 at an unknown contact or a value that is no text. */
export function draftContacts(
  existing: readonly DeskContact[],
  items: readonly WrittenItem[],
  record: JsonObject,
): ContactDraft[] {
  const drafts: ContactDraft[] = existing.map(({ id, type, value, isMain }) => ({
    id,
    type,
    value,
    isMain,
    removed: false,
    place: null,
  }));
  const mains = items.filter((item) => applyItem(drafts, item));
  if (mains.length === 0) applyEmail(drafts, textAt(record, 'email') ?? '');
  for (const social of SOCIALS) {
    const value = textAt(record, SOCIAL_FIELDS[social]);
    const named = items.some((item) => item.values.type === social);
    if (value !== undefined && !named) applySocial(drafts, social, value);
  }
  for (const draft of drafts) if (draft.type !== 'email' && draft.value === '') draft.removed = true;
  keepOneMain(drafts);
  return drafts;
}

export function emailsIn(drafts: readonly ContactDraft[]): ContactDraft[] {
  return drafts.filter((draft) => draft.type === 'email' && !draft.removed);
}

/** Applies one entry of `included.contacts`; true where it made a main email. */
function applyItem(drafts: ContactDraft[], item: WrittenItem): boolean {
  const { place, values } = item;
  const value = textAt(values, 'value', `${place}.value`)?.trim();
  const type = textAt(values, 'type', `${place}.type`) ?? '';
  const draft = draftNamed(drafts, item, type === '' ? 'email' : type, value);
  if (item.remove) {
    if (draft) draft.removed = true;
    return false;
  }
  const isMain = flagAt(values, 'isMain', `${place}.isMain`) ?? false;
  const target = draft ?? fresh(type === '' ? 'email' : type, place);
  if (!draft) drafts.push(target);
  if (type !== '') target.type = type;
  if (value !== undefined && value !== target.value) {
    target.value = value;
    target.place = place;
  }
  if (!isMain || target.type !== 'email') return false;
  makeMain(drafts, target);
  return true;
}

/** The contact that an entry means: by its id, or the same value written again. */
function draftNamed(
  drafts: readonly ContactDraft[],
  item: WrittenItem,
  type: string,
  value: string | undefined,
): ContactDraft | undefined {
  if (item.id === null) return value === undefined ? undefined : sameValue(drafts, type, value);
  const draft = drafts.find(({ id }) => id === item.id);
  if (!draft) throw invalidField(`${item.place}.id`, 'is not a contact of this customer');
  return draft;
}

function sameValue(drafts: readonly ContactDraft[], type: string, value: string): ContactDraft | undefined {
  return drafts.find(
    (draft) => !draft.removed && draft.type === type && folded(draft.value) === folded(value),
  );
}

/** `customer.email` alone: the main email takes this value, or the alternative that has it becomes the main one. */
function applyEmail(drafts: ContactDraft[], written: string): void {
  const email = written.trim();
  if (email === '') return;
  const known = sameValue(drafts, 'email', email);
  const target = known ?? emailsIn(drafts).find(({ isMain }) => isMain) ?? fresh('email', 'email');
  if (!drafts.includes(target)) drafts.push(target);
  if (target.value !== email) {
    target.value = email;
    target.place = 'email';
  }
  makeMain(drafts, target);
}

function applySocial(drafts: ContactDraft[], type: Social, value: string): void {
  const present = drafts.filter((draft) => draft.type === type && !draft.removed);
  if (value === '') {
    for (const draft of present) draft.removed = true;
    return;
  }
  const target = present[0] ?? fresh(type, SOCIAL_FIELDS[type]);
  if (!present[0]) drafts.push(target);
  target.value = value;
}

function fresh(type: string, place: string): ContactDraft {
  return { id: null, type, value: '', isMain: false, removed: false, place };
}

function makeMain(drafts: readonly ContactDraft[], main: ContactDraft): void {
  for (const draft of drafts) draft.isMain = draft === main;
}

/** Where the main email went away, the earliest one left takes its place. */
function keepOneMain(drafts: readonly ContactDraft[]): void {
  const emails = emailsIn(drafts);
  const main = emails.find(({ isMain }) => isMain) ?? emails[0];
  for (const draft of drafts) draft.isMain = draft === main;
}
