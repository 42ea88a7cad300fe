/** Rows of the Desk side. Text is '' when unset; times are whole seconds; relations are ids, the API makes refs of them. */
import type { Row } from './table';

export type DeskState = 'active' | 'deleted';

/** What every Desk row carries. `updatedAt` does not move on delete. */
interface DeskRow extends Row {
  readonly state: DeskState;
  readonly createdAt: string;
  readonly createdBy: number | null;
  readonly updatedAt: string;
  readonly updatedBy: number | null;
  readonly deletedAt: string | null;
  readonly deletedBy: number | null;
}

export interface DeskPhone {
  readonly number: string;
  readonly type: string;
  readonly countryCode: string;
  readonly extension: string;
}

export interface DeskCompany extends DeskRow {
  readonly name: string;
  readonly email: string;
  readonly website: string;
  readonly industry: string;
  readonly details: string;
  readonly description: string;
  readonly note: string;
  readonly permission: 'own' | 'all';
  readonly kind: 'company' | 'group';
  readonly phones: readonly DeskPhone[];
  readonly avatarPath: string;
  /** The Teamwork.com client that the vendor's own sync or box joined to it; no API shows it on the company. */
  readonly projectsCompanyId: number | null;
}

export interface DeskDomain extends DeskRow {
  readonly name: string;
  readonly companyId: number;
  /** The Teamwork.com company of the vendor's own sync: the sign of R33. */
  readonly projectsCompanyId: number | null;
}

export interface DeskCustomer extends DeskRow {
  readonly firstName: string;
  readonly lastName: string;
  readonly companyId: number | null;
  readonly organization: string;
  readonly jobTitle: string;
  readonly phone: string;
  readonly mobile: string;
  readonly address: string;
  readonly notes: string;
  readonly extraData: string;
  readonly externalId: string;
  readonly linkedinURL: string;
  readonly facebookURL: string;
  readonly twitterHandle: string;
  readonly avatarURL: string;
  readonly permission: 'own' | 'all';
  /** How it joined its company: 'auto' by domain matching, 'manual' by hand. */
  readonly addMethod: 'auto' | 'manual' | '';
  readonly trusted: boolean;
  readonly verifiedEmail: boolean;
  readonly welcomeEmailSent: boolean;
  readonly numTickets: number;
}

/** An email or a social handle of a customer. Exactly one email is the main one. */
export interface DeskContact extends DeskRow {
  readonly customerId: number;
  readonly type: string;
  readonly value: string;
  readonly isMain: boolean;
}

export interface DeskWebhookEndpoint extends DeskRow {
  readonly url: string;
  readonly token: string;
  readonly contentType: string;
  readonly allInboxes: boolean;
  readonly allEvents: boolean;
  readonly events: readonly string[];
  readonly inboxes: readonly number[];
  /** Shown as state `inactive`. */
  readonly switchedOff: boolean;
  /** Events that were given up since the endpoint was last switched on. */
  readonly lostEvents: number;
}

/** An agent of the helpdesk. */
export interface DeskUser extends DeskRow {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: 'siteadmin' | 'agent';
  readonly projectsUserId: number | null;
}
