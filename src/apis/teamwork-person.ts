/** A person of Teamwork.com as v2 reads it with `fullprofile`, and as v1 writes it; key names are literal on both. */
import { z } from 'zod';
import type { Step } from '../domain/plan';
import type { Field, Fields, Observation, Scope } from '../domain/record';
import type { Preparation } from '../ports/apis';
import { covered, renamed, seeing, type Seen } from './resource';
import { authorId, flag, jsonId, recordId, text, time } from './wire-values';

const person = z.object({
  id: recordId,
  firstName: text,
  lastName: text,
  emailAddress: text,
  companyId: z
    .union([recordId, z.literal([0, '0', ''])])
    .nullable()
    .transform((id) => (typeof id === 'string' && id !== '0' ? id : ''))
    .optional(),
  emailAlt1: text,
  emailAlt2: text,
  emailAlt3: text,
  avatarUrl: text,
  twitter: text,
  social: z.object({ twitter: text, facebook: text, linkedin: text }).nullish(),
  userType: text,
  inOwnerCompany: flag,
  isServiceAccount: flag,
  isPlaceholderResource: flag,
  deleted: flag,
  createdAt: time,
  lastChangedOn: time,
  createdBy: authorId,
  updatedBy: authorId,
});
type Person = z.output<typeof person>;

export function observePerson(raw: unknown, ownerCompanyId: string | null, readAt: string): Seen {
  return seeing(person, raw, (row): Observation | { problem: string } => {
    const scope = scopeOf(row, ownerCompanyId);
    if (scope === null) return { problem: 'inOwnerCompany: unread while the owner company is unknown' };
    return {
      side: 'teamwork',
      kind: 'customer',
      id: row.id,
      fields: covered({
        firstName: row.firstName,
        lastName: row.lastName,
        email: row.emailAddress,
        company: row.companyId,
        alternativeEmails: alternatives(row),
        avatar: row.avatarUrl === undefined ? undefined : withoutDefault(row.avatarUrl),
        twitter: row.social?.twitter ?? row.twitter,
        linkedin: row.social?.linkedin,
        facebook: row.social?.facebook,
      }),
      scope,
      // Who is not known to be a mere contact is protected like one who signs in (R27).
      signsIn: row.userType !== 'contact',
      domains: [],
      deleted: row.deleted === true,
      origin: 'teamwork',
      createdAt: row.createdAt,
      updatedAt: row.lastChangedOn,
      createdBy: row.createdBy,
      updatedBy: row.updatedBy,
      readAt,
    };
  });
}

function scopeOf(row: Person, ownerCompanyId: string | null): Scope | null {
  if (row.isServiceAccount === true || row.isPlaceholderResource === true) return 'service';
  if (row.inOwnerCompany === true) return 'staff';
  if (row.companyId !== undefined && ownerCompanyId !== null) {
    return row.companyId === ownerCompanyId ? 'staff' : 'client';
  }
  return row.inOwnerCompany === false ? 'client' : null;
}

/** Slots mean nothing (R8). Unread unless all three were in the answer. */
function alternatives({ emailAlt1, emailAlt2, emailAlt3 }: Person): string[] | undefined {
  if (emailAlt1 === undefined || emailAlt2 === undefined || emailAlt3 === undefined) return undefined;
  return [emailAlt1, emailAlt2, emailAlt3].filter((email) => email.trim() !== '');
}

/** The picture of a person who has none is no avatar. */
function withoutDefault(avatarUrl: string): string {
  return /\/noPhoto\d*\.\w+$/i.test(avatarUrl) ? '' : avatarUrl;
}

/** Teamwork.com has this many slots for alternative emails. */
export const alternativeEmailSlots = 3;

const keys: Readonly<Partial<Record<Field, string>>> = {
  firstName: 'first-name',
  lastName: 'last-name',
  email: 'email-address',
  twitter: 'userTwitterName',
  linkedin: 'userLinkedin',
  facebook: 'userFacebook',
};

/** Nobody is invited, welcomed or given a seat (R27). A picture goes by the reference of its upload. */
export function personBody(values: Fields, action: Step['action'], { pictureRef }: Preparation = {}) {
  const { company, alternativeEmails, avatar } = values;
  return {
    person: {
      ...renamed(values, keys),
      ...(typeof company === 'string' ? { 'company-id': jsonId(company) } : {}),
      ...(Array.isArray(alternativeEmails) ? slots(alternativeEmails) : {}),
      ...(typeof pictureRef === 'string' ? { avatarPendingFileRef: pictureRef } : {}),
      ...(avatar === '' && action === 'update' ? { removeAvatar: true } : {}),
      ...(action === 'create' ? { 'user-type': 'contact' } : {}),
      sendInvite: false,
      sendWelcomeEmail: false,
    },
  };
}

function slots(emails: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: alternativeEmailSlots }, (_, index) => [
      `email-alt-${index + 1}`,
      emails[index] ?? '',
    ]),
  );
}
