/** The canonical record: what one company or customer is on one side, in the terms both sides share (R8). */

export type Side = 'teamwork' | 'desk';
export type Kind = 'company' | 'customer';

export const sides: readonly Side[] = ['teamwork', 'desk'];
export const kinds: readonly Kind[] = ['company', 'customer'];

export function otherSide(side: Side): Side {
  return side === 'teamwork' ? 'desk' : 'teamwork';
}

export type CompanyField = 'name' | 'website' | 'email';
export type CustomerField =
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'company'
  | 'alternativeEmails'
  | 'avatar'
  | 'twitter'
  | 'linkedin'
  | 'facebook';
export type Field = CompanyField | CustomerField;

/** Text, or a set of texts (alternative emails). `''` and `[]` are blank; `company` is the id of the company on the same side. */
export type FieldValue = string | readonly string[];

/** The fields a read covered. An absent key is unread, which is not blank (R8). */
export type Fields = Readonly<Partial<Record<Field, FieldValue>>>;

export const fieldsOf: Readonly<Record<Kind, readonly Field[]>> = {
  company: ['name', 'website', 'email'],
  customer: [
    'firstName',
    'lastName',
    'email',
    'company',
    'alternativeEmails',
    'avatar',
    'twitter',
    'linkedin',
    'facebook',
  ],
};

/** Without these a record is not created on the other side (R9), and their blanks do not travel (R12). */
export const essentialFields: Readonly<Record<Kind, readonly Field[]>> = {
  company: ['name'],
  customer: ['firstName', 'lastName', 'email', 'company'],
};

/**
 * Whether a record may sync at all (R1): `client` may; `owner` is the site's own company, `staff` its people,
 * `service` a service account or placeholder.
 */
export type Scope = 'client' | 'owner' | 'staff' | 'service';

/** Where a Desk customer came from (R31); never guessed. */
export type Origin = 'teamwork' | 'desk' | 'ticket' | 'unknown';

/** One read of one record. Times are RFC 3339 UTC; `readAt` is when the read began, by the store's clock. */
export interface Observation {
  readonly side: Side;
  readonly kind: Kind;
  readonly id: string;
  readonly fields: Fields;
  readonly scope: Scope;
  /** Accounts and collaborators sign in to Teamwork.com; contacts and Desk customers do not (R27). */
  readonly signsIn: boolean;
  /** Companies only: the domains that may identify it (website, email, Desk domains), public ones left out (R14). */
  readonly domains: readonly string[];
  readonly deleted: boolean;
  readonly origin: Origin;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Ids of the side's own users, where the API tells them. */
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
  readonly readAt: string;
}

/** The fields that are plain values; a picture's value is an address, which each side gives anew. */
export function withoutPicture({ avatar: _, ...fields }: Fields): Fields {
  return fields;
}
