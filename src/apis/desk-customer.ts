/** A customer of Desk as its API shows it; emails and social handles stand in rows of their own beside the record. */
import { z } from 'zod';
import type { Observation } from '../domain/record';
import type { EmailRow } from '../ports/apis';
import type { DeskContact } from './desk-included';
import { related } from './desk-included';
import { covered, seeing, type Seen } from './resource';
import { authorId, recordId, reference, references, text, time } from './wire-values';

const customer = z.object({
  id: recordId,
  firstName: text,
  lastName: text,
  email: text,
  company: reference.nullable().optional(),
  contacts: references,
  avatarURL: text,
  twitterHandle: text,
  linkedinURL: text,
  facebookURL: text,
  state: text,
  createdAt: time,
  updatedAt: time,
  createdBy: authorId,
  updatedBy: authorId,
});

/** With the rows of its emails, where the read showed them: changing one names its row. */
export interface CustomerRead extends Observation {
  readonly emailRows?: readonly EmailRow[];
}

/** `contacts` are the rows that the answer includes. */
export function observeCustomer(
  raw: unknown,
  contacts: ReadonlyMap<string, DeskContact>,
  readAt: string,
): Seen<CustomerRead> {
  return seeing(customer, raw, (row): CustomerRead => {
    const rows = related(contacts, row.contacts);
    const emailRows = rows && emailRowsIn(rows);
    const main = emailRows?.find(({ isMain }) => isMain);
    return {
      side: 'desk',
      kind: 'customer',
      id: row.id,
      fields: covered({
        firstName: row.firstName,
        lastName: row.lastName,
        email: main?.value ?? row.email,
        company: row.company === undefined ? undefined : (row.company?.id ?? ''),
        alternativeEmails: emailRows?.filter(({ isMain }) => !isMain).map(({ value }) => value),
        avatar: row.avatarURL === undefined ? undefined : withoutDefault(row.avatarURL),
        twitter: social('twitter', row.twitterHandle, rows),
        linkedin: social('linkedin', row.linkedinURL, rows),
        facebook: social('facebook', row.facebookURL, rows),
      }),
      scope: 'client',
      signsIn: false,
      domains: [],
      deleted: row.state === 'deleted',
      // Nothing on the record tells a ticket's customer from an import's; an agent behind it does tell Desk.
      origin: row.createdBy === null ? 'unknown' : 'desk',
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      createdBy: row.createdBy,
      updatedBy: row.updatedBy,
      readAt,
      ...(emailRows === undefined ? {} : { emailRows }),
    };
  });
}

function emailRowsIn(rows: readonly DeskContact[]): EmailRow[] {
  return rows
    .filter(({ type, value }) => type === 'email' && value !== undefined && value.trim() !== '')
    .map(({ id, value = '', isMain }) => ({ id, value, isMain: isMain === true }));
}

/** The record's own key, or the row of that type where the key is blank or absent. */
function social(
  type: string,
  own: string | undefined,
  rows: readonly DeskContact[] | undefined,
): string | undefined {
  if (own !== undefined && own.trim() !== '') return own;
  return rows?.find((row) => row.type === type)?.value ?? own ?? (rows === undefined ? undefined : '');
}

/** Customers without a picture show an animal of the site's. */
function withoutDefault(avatarUrl: string): string {
  return avatarUrl.includes('/desk/images/avatars/animals/') ? '' : avatarUrl;
}
