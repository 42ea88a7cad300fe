/** What people read. Types only. */
import type { Link, Status } from '../domain/link';
import type { Kind, Side } from '../domain/record';
import type { Attention, Hold } from './holds';
import type { Freshness } from './watch';

export interface LinkRow {
  readonly link: Link;
  readonly names: Readonly<Record<Side, string>>;
  readonly emails: Readonly<Record<Side, string>>;
  readonly companyLink: number | null;
  readonly people: number;
}

/** How a link stands, as people are shown it. */
export type Standing = Pick<Link, 'status' | 'reason' | 'ids'>;

export interface JournalEntry {
  readonly at: string;
  readonly link: number;
  readonly event: string;
  readonly side: Side | null;
  readonly run: string | null;
  /** Ids, field names, reasons and, for conflicts, the values kept. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface LinkFilter {
  readonly kind: Kind;
  readonly status?: Status;
  readonly search?: string;
  readonly limit: number;
  readonly after?: number;
}

export interface Reads {
  links(site: string, filter: LinkFilter): Promise<readonly LinkRow[]>;
  /** Links of every record that a name, email, `teamwork:<id>`, `desk:<id>`, bare id or link number names. */
  resolve(site: string, record: string): Promise<readonly LinkRow[]>;
  /** Follows `mergedInto`. Null when there is no such link. */
  standing(site: string, link: number): Promise<Standing | null>;
  statusCounts(
    site: string,
  ): Promise<Readonly<Record<Kind, Readonly<Partial<Record<Status, Readonly<Record<string, number>>>>>>>>;
  timeline(site: string, link: number, limit: number): Promise<readonly JournalEntry[]>;
  attention(site: string): Promise<Attention>;
  /** Open holds, the oldest first. */
  holds(site: string): Promise<readonly Hold[]>;
  /** How far each side is known. */
  freshness(site: string): Promise<Readonly<Record<Side, Freshness>>>;
  budgets(
    site: string,
  ): Promise<Readonly<Record<Side, { readonly limitPerMinute: number; readonly usedLastMinute: number }>>>;
}
