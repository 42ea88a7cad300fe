/** Companies that an operator has us make in Desk (R5): ordered first, sent after, so that none is made twice (R15). Types only. */
import type { Fields, Observation } from '../domain/record';

export interface NewCompany {
  /** Name, and website and email where they are given. */
  readonly fields: Fields & { readonly name: string };
  readonly domains: readonly string[];
  /** The box `Add as a client in Teamwork.com`. */
  readonly addAsClient: boolean;
}

/** A company that is in the way; `link` is its link, where it has one. */
export interface NameHolder {
  readonly side: 'teamwork' | 'desk';
  readonly id: string;
  readonly link: number | null;
}

export type Ordered =
  | { readonly order: string }
  /** With the box: the name is the owner company's, or that of a client that is linked. */
  | { readonly taken: NameHolder }
  /** With the box: a broken link left the client behind; it is joined again instead (R22). */
  | { readonly tombstone: number }
  /** Another company of this name is being made. */
  | { readonly underWay: true };

/** What is known of an order. `settled`: the time after which an unknown outcome is looked for. */
export interface CompanyOrder extends NewCompany {
  readonly state: 'ordered' | 'sent' | 'unknown' | 'confirmed' | 'refused';
  readonly sentAt: string | null;
  readonly settlesInMs: number;
  readonly link: number | null;
  readonly deskId: string | null;
  readonly reason: string | null;
}

export interface NewCompanyStore {
  /** The same order again, while it is open, answers the same. */
  orderCompany(site: string, company: NewCompany): Promise<Ordered>;
  companyOrder(site: string, order: string): Promise<CompanyOrder>;
  /** Stored before the call; no company is sent while the site is paused or frozen (R30). */
  companySent(site: string, order: string): Promise<'sent' | 'paused' | 'frozen'>;
  companyUnknown(site: string, order: string): Promise<void>;
  /** It was never made: it may be sent again. */
  companyNotMade(site: string, order: string): Promise<void>;
  companyRefused(site: string, order: string, reason: string): Promise<void>;
  /** Mirror, link, what was asked for, and what follows, in one transaction. Answers the link. */
  companyMade(site: string, order: string, observation: Observation): Promise<number>;
}
