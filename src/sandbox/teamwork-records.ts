/** Rows of the Teamwork.com side. Text is '' when unset, as the vendor answers it; times are whole seconds. */
import type { Row } from './table';

export interface TeamworkCompany extends Row {
  readonly name: string;
  readonly website: string;
  readonly phone: string;
  readonly fax: string;
  readonly emailOne: string;
  readonly emailTwo: string;
  readonly emailThree: string;
  readonly addressOne: string;
  readonly addressTwo: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly countryCode: string;
  readonly cid: string;
  readonly profile: string;
  readonly privateNotes: string;
  readonly industryId: number | null;
  readonly clientManagedBy: number | null;
  readonly logoUrl: string;
  readonly isOwner: boolean;
  readonly status: 'active' | 'deleted';
  readonly createdAt: string;
  readonly createdBy: number | null;
  readonly updatedAt: string | null;
  readonly updatedBy: number | null;
  readonly deletedAt: string | null;
  readonly deletedBy: number | null;
}

export interface TeamworkDomain extends Row {
  readonly companyId: number;
  readonly domain: string;
  readonly state: 'active' | 'deleted';
  readonly createdAt: string;
  readonly createdBy: number | null;
  readonly updatedAt: string | null;
  readonly updatedBy: number | null;
  readonly deletedAt: string | null;
  readonly deletedBy: number | null;
}

export type PersonType = 'account' | 'collaborator' | 'contact';

export interface PersonAddress {
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly state: string;
  readonly zipcode: string;
  readonly countrycode: string;
}

export interface TeamworkPerson extends Row {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly emailAlt1: string;
  readonly emailAlt2: string;
  readonly emailAlt3: string;
  readonly userName: string;
  readonly title: string;
  readonly type: PersonType;
  readonly companyId: number;
  readonly avatarUrl: string;
  readonly isAdmin: boolean;
  readonly isClientUser: boolean;
  readonly isServiceAccount: boolean;
  readonly isPlaceholder: boolean;
  readonly phoneOffice: string;
  readonly phoneOfficeExt: string;
  readonly phoneMobile: string;
  readonly phoneMobileCountryCode: string;
  readonly phoneMobilePrefix: string;
  readonly phoneHome: string;
  readonly phoneFax: string;
  readonly address: PersonAddress;
  readonly profile: string;
  readonly privateNotes: string;
  readonly twitter: string;
  readonly linkedin: string;
  readonly facebook: string;
  readonly googleplus: string;
  readonly website: string;
  readonly imService: string;
  readonly imHandle: string;
  readonly openId: string;
  readonly lastLogin: string | null;
  readonly deleted: boolean;
  readonly createdAt: string;
  readonly createdBy: number | null;
  readonly updatedAt: string | null;
  readonly updatedBy: number | null;
  readonly deletedAt: string | null;
  readonly deletedBy: number | null;
}

/** An uploaded file that waits to be used once as an avatar or a logo. */
export interface PendingFile extends Row {
  readonly ref: string;
  readonly fileName: string;
  readonly size: number;
  readonly contentType: string;
  /** The name under which the bytes are served once it is used; null until they have arrived. */
  readonly storedAs: string | null;
  readonly used: boolean;
  readonly expiresAt: string;
}

/** The bytes of an avatar or a logo. */
export interface StoredFile extends Row {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

export interface TeamworkWebhook extends Row {
  readonly event: string;
  readonly url: string;
  readonly version: string;
  readonly contentType: string;
  readonly token: string;
  readonly status: 'ACTIVE' | 'PAUSED';
  /** Events that were given up since the hook was last switched on. */
  readonly lostEvents: number;
  readonly createdBy: number | null;
}
