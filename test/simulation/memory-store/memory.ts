/** What the in-memory store keeps: a site's rows, as the tables of `src/store/tables.ts` hold them. */
import type { MatchKey } from '../../../src/store/match-keys';
import type { Answer } from '../../../src/domain/match';
import type { Link } from '../../../src/domain/link';
import type { RecordView } from '../../../src/domain/plan';
import type { Fields, Kind, Side } from '../../../src/domain/record';
import type { ListingPage } from '../../../src/ports/apis';
import type { Priority } from '../../../src/ports/budget';
import type { JournalEntry } from '../../../src/ports/reads';
import type { RunCounts, RunMode, RunPhase, RunState } from '../../../src/ports/runs';
import type { Credentials, Site } from '../../../src/ports/sites';
import { instant } from '../../../src/store/storable';
import type { PlannedStep } from '../../../src/store/tables';
import { copied } from './copied';
import type { GuardRows } from './holds';
import type { Table } from './table';

export interface RecordRow {
  readonly record: RecordView;
  /** Null: not read. */
  readonly domains: readonly string[] | null;
  readonly keys: readonly MatchKey[];
  readonly survey: number | null;
  readonly firstSeenAt: string;
  /** Of a record that is gone: when it was last read as present. */
  readonly aliveAt: string | null;
  readonly decided: boolean;
}

export interface SurveyRow {
  readonly number: number;
  readonly run: string;
  readonly side: Side;
  readonly kind: Kind;
  readonly startedAt: string;
  readonly presentBefore: number;
  pages: number;
  totals: number[];
  unreadable: Map<string, ListingPage['unreadable'][number]['problem']>;
  scopes: Readonly<Record<string, number>> | null;
  end: { readonly seen: number; readonly missing: number; readonly complete: boolean } | null;
}

export interface LinkRow {
  readonly link: Link;
  readonly run: string | null;
  readonly action: 'linked' | 'created' | 'updated' | null;
}

export interface DueRow {
  readonly link: number;
  readonly kind: Kind;
  readonly at: string;
  readonly priority: Priority;
  readonly read: readonly Side[];
  /** Sides that told of a deletion. */
  readonly deleted: readonly Side[];
  readonly run: string | null;
  readonly generation: number;
  readonly claimedGeneration: number | null;
  readonly dispatchedAt: string | null;
  readonly addedAt: string;
  /** Only its plan is to be carried out. */
  readonly planned: boolean;
}

export interface PlanRow {
  readonly id: string;
  readonly link: number;
  readonly version: number;
  readonly run: string | null;
  readonly steps: readonly PlannedStep[];
  readonly known: readonly string[];
}

export interface IntentRow {
  readonly id: string;
  readonly link: number;
  readonly kind: Kind;
  readonly plan: string;
  readonly step: number;
  readonly side: Side;
  readonly action: PlannedStep['action'];
  readonly sent: Fields;
  readonly sourceBase: Fields;
  readonly base: Fields | null;
  readonly run: string | null;
  readonly state: 'sent' | 'unknown' | 'confirmed' | 'refused' | 'no_effect';
  /** The link's at that time: a restored one may create once more. */
  readonly incarnation: number;
  readonly sentAt: string;
  readonly settlesAt: string;
  readonly closedAt: string | null;
  /** Why it had no effect, and when the same write is tried again; null: it had one, or is not tried again by itself. */
  readonly refusal: string | null;
  readonly retryAt: string | null;
}

export interface RunRow {
  readonly id: string;
  readonly mode: RunMode;
  readonly state: RunState;
  readonly phase: RunPhase;
  readonly outcomes: RunCounts['outcomes'] | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly calls: Readonly<Record<Side, number>>;
  /** Finished links by slot of ten seconds. */
  readonly ticks: Map<number, number>;
}

export interface BudgetRow {
  vendorLimit: number | null;
  /** When the next token is due, in milliseconds. */
  arrival: number;
  othersLeft: number | null;
  othersUntil: number | null;
  /** The begin of each call of the last seventy seconds. */
  calls: number[];
}

export interface SiteRows {
  site: Site;
  credentials: Credentials;
  readonly records: Table<RecordRow>;
  readonly surveys: Map<number, SurveyRow>;
  readonly links: Map<number, LinkRow>;
  /** The link that is neither broken nor merged and has that record, by `rowKey`. */
  readonly holding: Map<string, number>;
  /** The broken links of that record, by `rowKey`. */
  readonly tombstones: Map<string, Set<number>>;
  readonly due: Map<number, DueRow>;
  readonly plans: Map<number, PlanRow>;
  readonly intents: Map<string, IntentRow>;
  /** The intent of a link that is sent or unknown, by the link's number. */
  readonly openIntents: Map<number, string>;
  /** The intent that claims an identity, by kind and key (R15). */
  readonly claims: Map<string, string>;
  readonly questions: Map<number, readonly string[]>;
  readonly journal: JournalEntry[];
  readonly runs: Map<string, RunRow>;
  readonly budgets: Readonly<Record<Side, BudgetRow>>;
  readonly planned: PlannedRow[];
  readonly guard: GuardRows;
  /** What operators answered about pairs of records (R14). */
  readonly answers: Readonly<Record<Kind, Answer[]>>;
}

export interface PlannedRow {
  readonly run: string;
  readonly position: number;
  readonly kind: Kind;
  readonly link: number | null;
  readonly ids: Readonly<Record<Side, string | null>>;
  readonly companies: Readonly<Record<Side, string | null>>;
  readonly name: string;
  readonly outcome: string;
  readonly reason: string;
  readonly asked: Link['asked'];
  readonly activeSince: string | null;
  readonly steps: readonly { readonly side: Side; readonly action: PlannedStep['action'] }[];
  readonly replaced: readonly { readonly side: Side; readonly id: string; readonly field: string }[];
}

/** All sites, and the clock that they share. */
export class Memory {
  readonly sites = new Map<string, SiteRows>();
  private last = 0;
  private numbers = 0;
  private ids = 0;
  private readonly times = new Map<string, string | null>();

  /** `clock` answers milliseconds. */
  constructor(readonly clock: () => number = Date.now) {}

  of(site: string): SiteRows {
    const rows = this.sites.get(site);
    if (rows === undefined) throw new Error(`There is no site ${site}; connect it first.`);
    return rows;
  }

  /** Now, in microseconds; no two answers are the same, as two statements of Postgres have their order. */
  now(): string {
    this.last = Math.max(this.clock() * 1_000 + 1, this.last + 1);
    return instantAt(this.last);
  }

  /** As the store's `instant`; few times are told, each by many records. */
  instant(text: string | null): string | null {
    if (text === null) return null;
    let known = this.times.get(text);
    if (known === undefined) this.times.set(text, (known = instant(text)));
    return known;
  }

  /** A copy of all that is kept now; what it answers puts it back in place of what is kept then. */
  copy(): () => void {
    const [sites, numbers] = [copied(this.sites), this.numbers];
    return () => {
      for (const [site, rows] of sites) this.sites.set(site, copied(rows));
      this.numbers = numbers;
    };
  }

  nextNumber(): number {
    return ++this.numbers;
  }

  nextId(): string {
    return `00000000-0000-4000-8000-${String(++this.ids).padStart(12, '0')}`;
  }
}

export function instantAt(micros: number): string {
  const ms = Math.floor(micros / 1_000);
  if (ms !== latest.ms) latest = { ms, text: new Date(ms).toISOString().slice(0, -1) };
  return `${latest.text}${String(1_000 + (Math.floor(micros) % 1_000)).slice(1)}Z`;
}

let latest = { ms: 0, text: '1970-01-01T00:00:00.000' };

export function plusMs(instant: string, ms: number): string {
  return instantAt((Date.parse(instant) + ms) * 1_000 + Number(instant.slice(-4, -1)));
}

export function rowKey(kind: Kind, side: Side, id: string): string {
  return `${kind} ${side} ${id}`;
}

/** Whether two values are the same to jsonb: the order of keys means nothing, that of elements does. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  return isWithin(one, other) && isWithin(other, one);
}

/** Whether what one says, the other says too. */
export function isWithin(one: object, other: object): boolean {
  const theirs = other as Readonly<Record<string, unknown>>;
  for (const [key, value] of Object.entries(one)) {
    if (value !== undefined && value !== theirs[key] && !sameJson(value, theirs[key])) return false;
  }
  return true;
}
