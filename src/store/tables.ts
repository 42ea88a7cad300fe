/** The tables as Kysely sees them. Timestamps go in and come out as RFC 3339 text, bigints as numbers. */
import type { ColumnType, Generated } from 'kysely';
import type { Choices, FieldNote, LinkPhase, Reason, Status, Tombstone } from '../domain/link';
import type { Field, Fields, Kind, Observation, Scope, Side } from '../domain/record';
import type { RunMode, RunPhase, RunState, ScopeCounts } from '../ports/runs';
import type { DeskPin, Settings, Site } from '../ports/sites';

/** A jsonb column is written as text, for a driver would turn an array into a Postgres array. */
type Json<T> = ColumnType<T, string, string>;
type DefaultJson<T> = ColumnType<T, string | undefined, string>;
type Time = ColumnType<string, string | undefined, string>;
type NullableTime = ColumnType<string | null, string | null | undefined, string | null>;

export interface SiteTable {
  site: string;
  url: string;
  key_id: string;
  teamwork_credential: Buffer;
  desk_credential: Buffer;
  desk_created_at: NullableTime;
  settings: Json<Settings>;
  owner_company_id: string | null;
  users: Json<Site['users']>;
  desk_pins: Json<readonly DeskPin[]>;
  frozen: string | null;
  adopt_only: boolean;
  paused: Generated<boolean>;
  paused_kinds: Generated<Kind[]>;
  created_at: Time;
}

export interface RunTable {
  site: string;
  run: string;
  mode: RunMode;
  state: RunState;
  phase: RunPhase;
  outcomes: ColumnType<
    Readonly<Record<Kind, Readonly<Record<string, number>>>> | null,
    string | null | undefined,
    string
  >;
  applies: string | null;
  decisions_dropped_at: NullableTime;
  started_at: Time;
  finished_at: NullableTime;
}

export interface RecordTable {
  site: string;
  kind: Kind;
  side: Side;
  id: string;
  fields: Json<Fields>;
  scope: Scope;
  signs_in: boolean;
  domains: string[] | null;
  deleted: boolean;
  origin: Observation['origin'];
  created_at: NullableTime;
  updated_at: NullableTime;
  created_by: string | null;
  updated_by: string | null;
  read_at: Time;
  first_seen_at: Time;
  survey: number | null;
  presence: 'present' | 'missing' | 'gone';
  changed_at: Json<Partial<Record<Field, string>>>;
  first_changed_at: NullableTime;
  decided: Generated<boolean>;
  company_id: ColumnType<string | null, never, never>;
}

export interface SurveyTable {
  site: string;
  number: Generated<number>;
  run: string;
  side: Side;
  kind: Kind;
  started_at: Time;
  ended_at: NullableTime;
  present_before: number;
  pages: Generated<number>;
  least_total: number | null;
  most_total: number | null;
  unreadable: DefaultJson<Readonly<Record<string, string>>>;
  seen: number | null;
  missing: number | null;
  complete: boolean | null;
  scopes: ColumnType<Partial<ScopeCounts> | null, string | null | undefined, string>;
}

export interface LinkTable {
  site: string;
  number: Generated<number>;
  kind: Kind;
  phase: LinkPhase;
  teamwork_id: string | null;
  desk_id: string | null;
  teamwork_base: DefaultJson<Fields>;
  desk_base: DefaultJson<Fields>;
  status: Status;
  reason: Reason | null;
  notes: DefaultJson<readonly FieldNote[]>;
  asked: 'yes' | 'unchecked' | null;
  choices: DefaultJson<Choices>;
  paused: Generated<boolean>;
  active_since: NullableTime;
  tombstone: ColumnType<Tombstone | null, string | null | undefined, string>;
  merged_into: number | null;
  incarnation: Generated<number>;
  version: Generated<number>;
  run: string | null;
  action: 'linked' | 'created' | 'updated' | null;
}

export interface DueTable {
  site: string;
  link: number;
  kind: Kind;
  at: Time;
  priority: number;
  read_sides: Side[];
  run: string | null;
  generation: Generated<number>;
  claimed_generation: number | null;
  dispatched_at: NullableTime;
  added_at: Time;
  /** Only its plan is to be carried out. */
  planned: Generated<boolean>;
}

export interface PlanTable {
  site: string;
  link: number;
  id: Generated<string>;
  version: number;
  run: string | null;
  steps: Json<readonly PlannedStep[]>;
  known: string[];
  made_at: Time;
}

/** A step as its plan keeps it: `before` are the target's fields that the decision was taken on. */
export interface PlannedStep {
  readonly side: Side;
  readonly action: 'create' | 'update';
  readonly values: Fields;
  readonly sourceBase: Fields;
  readonly before: Fields | null;
}

export interface IntentTable {
  site: string;
  id: Generated<string>;
  link: number;
  kind: Kind;
  plan: string;
  step: number;
  side: Side;
  action: 'create' | 'update';
  sent: Json<Fields>;
  source_base: Json<Fields>;
  base: ColumnType<Fields | null, string | null | undefined, string>;
  run: string | null;
  state: 'sent' | 'unknown' | 'confirmed' | 'refused' | 'no_effect';
  sent_at: Time;
  settles_at: ColumnType<string, string, string>;
  closed_at: NullableTime;
}

export interface JournalTable {
  site: string;
  number: Generated<number>;
  at: Time;
  link: number;
  event: string;
  side: Side | null;
  run: string | null;
  detail: Json<Readonly<Record<string, unknown>>>;
  workflow_id: string | null;
  workflow_run: string | null;
}

/** The tables that are read or written by Kysely's builder; the others are reached by `sql` only. */
export interface Database {
  sites: SiteTable;
  runs: RunTable;
  records: RecordTable;
  surveys: SurveyTable;
  links: LinkTable;
  due: DueTable;
  plans: PlanTable;
  intents: IntentTable;
  journal: JournalTable;
}
