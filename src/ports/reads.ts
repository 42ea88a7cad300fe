/** What people read. Types only. */
import type { Link, Status } from '../domain/link';
import type { Kind, Origin, Side } from '../domain/record';
import type { FigureReads } from './figures';
import type { Attention, Hold } from './holds';
import type { Run } from './runs';
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
  /** The Temporal run that wrote it, where one did. */
  readonly workflow: { readonly id: string; readonly run: string } | null;
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

/** Lists by name; by status, as R31 orders them; by what changed last. */
export type LinkOrder = 'name' | 'status' | 'changed';

/** Where a page of a list ended; `key` is the order's own, '' within those that have no name. */
export interface LinkCursor {
  readonly key: string;
  readonly number: number;
}

export interface LinkPageFilter {
  readonly kind: Kind;
  readonly status?: Status;
  /** Part of a name, an email or a domain, or an id. */
  readonly search?: string;
  /** By name unless said. */
  readonly order?: LinkOrder;
  /** Of the same order. */
  readonly after?: LinkCursor;
  readonly limit: number;
}

export interface ListedLink extends LinkRow {
  /** The name of a customer's company; '' without one. */
  readonly companyName: string;
  /** Where a Desk customer came from; null for everything else. */
  readonly origin: Origin | null;
  /** When its status, its reason, its records or what both agree on last changed. */
  readonly changedAt: string;
}

export interface LinkPage {
  readonly rows: readonly ListedLink[];
  readonly next: LinkCursor | null;
  readonly isFirst: boolean;
}

/** What a run did to a link that is active still. */
export interface RunLink extends LinkRow {
  readonly did: 'linked' | 'created';
}

export type RunLinkCounts = Readonly<Record<Kind, Readonly<Record<RunLink['did'], number>>>>;

export interface Reads extends FigureReads {
  /** Links in an order, page by page. */
  linkPage(site: string, filter: LinkPageFilter): Promise<LinkPage>;
  links(site: string, filter: LinkFilter): Promise<readonly LinkRow[]>;
  /** Those of them that are there, in the order of their numbers. */
  linksNumbered(site: string, numbers: readonly number[]): Promise<readonly LinkRow[]>;
  /** The members of a hold, by number; at most `limit`. */
  holdMembers(site: string, hold: number, limit: number): Promise<readonly LinkRow[]>;
  /** Links of every record that a name, email, `teamwork:<id>`, `desk:<id>`, bare id or link number names. */
  resolve(site: string, record: string): Promise<readonly LinkRow[]>;
  /** Follows `mergedInto`. Null when there is no such link. */
  standing(site: string, link: number): Promise<Standing | null>;
  statusCounts(
    site: string,
  ): Promise<Readonly<Record<Kind, Readonly<Partial<Record<Status, Readonly<Record<string, number>>>>>>>>;
  /** The latest first: the journal, and as `told_by_hook` what hooks said of its records, as long as deliveries are kept. */
  timeline(site: string, link: number, limit: number): Promise<readonly JournalEntry[]>;
  /** Runs of every mode, the latest first. */
  runs(site: string, limit: number): Promise<readonly Run[]>;
  /** Links that the run linked or created and that are active still, by number. */
  runLinks(site: string, run: string, after: number, limit: number): Promise<readonly RunLink[]>;
  runLinkCounts(site: string, run: string): Promise<RunLinkCounts>;
  attention(site: string): Promise<Attention>;
  /** Open holds, the oldest first. */
  holds(site: string): Promise<readonly Hold[]>;
  /** How far each side is known. */
  freshness(site: string): Promise<Readonly<Record<Side, Freshness>>>;
  budgets(
    site: string,
  ): Promise<Readonly<Record<Side, { readonly limitPerMinute: number; readonly usedLastMinute: number }>>>;
}
