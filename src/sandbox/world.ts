/** The whole simulated site: the tables of both sides, their indexes and the account of every change. */
import type { Clock } from './clock';
import { toSeconds } from './clock';
import type {
  DeskCompany,
  DeskContact,
  DeskCustomer,
  DeskDomain,
  DeskUser,
  DeskWebhookEndpoint,
} from './desk-records';
import type { Settings } from './settings';
import type { Cause, ChangeKind, Row, TableChange } from './table';
import { Table } from './table';
import type {
  PendingFile,
  StoredFile,
  TeamworkCompany,
  TeamworkDomain,
  TeamworkPerson,
  TeamworkWebhook,
} from './teamwork-records';

/** One change of one record: what happened, when, by whom, from what to what. */
export interface Change {
  readonly n: number;
  readonly at: string;
  readonly table: string;
  readonly id: number;
  readonly what: ChangeKind;
  readonly cause: Cause;
  readonly token: string | null;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** Which users a token stands for. */
export interface TokenUsers extends Row {
  readonly token: string;
  readonly teamworkUserId: number;
  readonly deskUserId: number;
}

/** Names and emails are compared trimmed and without case on both sides. */
export function folded(text: string): string {
  return text.trim().toLowerCase();
}

function emailsOf(person: TeamworkPerson): string[] {
  return person.email === '' ? [] : [folded(person.email)];
}

type Listener = ConstructorParameters<typeof Table>[3];

function createTables(record: Listener) {
  return {
    teamworkCompanies: new Table<TeamworkCompany, 'name' | 'owner'>(
      'teamworkCompanies',
      100_001,
      { name: (row) => [folded(row.name)], owner: (row) => (row.isOwner ? ['owner'] : []) },
      record,
    ),
    teamworkDomains: new Table<TeamworkDomain, 'company' | 'domain'>(
      'teamworkDomains',
      1,
      { company: (row) => [row.companyId], domain: (row) => [folded(row.domain)] },
      record,
    ),
    teamworkPeople: new Table<TeamworkPerson, 'email' | 'company' | 'kind'>(
      'teamworkPeople',
      200_001,
      { email: emailsOf, company: (row) => [row.companyId], kind: kindsOf },
      record,
    ),
    teamworkWebhooks: new Table<TeamworkWebhook, never>('teamworkWebhooks', 1, {}, record),
    pendingFiles: new Table<PendingFile, 'ref'>('pendingFiles', 1, { ref: (row) => [row.ref] }, record),
    storedFiles: new Table<StoredFile, 'name'>('storedFiles', 1, { name: (row) => [row.name] }, record),
    deskCompanies: new Table<DeskCompany, 'name'>(
      'deskCompanies',
      5_001,
      { name: (row) => [folded(row.name)] },
      record,
    ),
    deskDomains: new Table<DeskDomain, 'company' | 'name'>(
      'deskDomains',
      1,
      { company: (row) => [row.companyId], name: (row) => [folded(row.name)] },
      record,
    ),
    deskCustomers: new Table<DeskCustomer, 'company'>(
      'deskCustomers',
      700_001,
      { company: (row) => (row.companyId === null ? [] : [row.companyId]) },
      record,
    ),
    deskContacts: new Table<DeskContact, 'customer' | 'value'>(
      'deskContacts',
      1_000_001,
      { customer: (row) => [row.customerId], value: (row) => [folded(row.value)] },
      record,
    ),
    deskWebhookEndpoints: new Table<DeskWebhookEndpoint, never>('deskWebhookEndpoints', 1, {}, record),
    deskUsers: new Table<DeskUser, 'projectsUser'>(
      'deskUsers',
      301,
      { projectsUser: (row) => (row.projectsUserId === null ? [] : [row.projectsUserId]) },
      record,
    ),
    tokenUsers: new Table<TokenUsers, 'token'>('tokenUsers', 1, { token: (row) => [row.token] }, record),
    settings: new Table<Settings, never>('settings', 1, {}, record),
  };
}

/** Under which counts of its company a person stands. */
function kindsOf(person: TeamworkPerson): string[] {
  if (person.deleted) return [];
  const kinds = [`${person.companyId} ${person.type}`];
  if (person.isClientUser) kinds.push(`${person.companyId} client`);
  return kinds;
}

export function createWorld(clock: Clock) {
  const changes: Change[] = [];
  const watchers: ((change: Change) => void)[] = [];

  function record(table: string, id: number, change: TableChange): void {
    const { what, before, after, author } = change;
    const at = toSeconds(clock.nowMs());
    const entry: Change = {
      n: changes.length + 1,
      at,
      table,
      id,
      what,
      cause: author.cause,
      token: author.token,
      before,
      after,
    };
    changes.push(entry);
    for (const watch of watchers) watch(entry);
  }

  const tables = createTables(record);

  return {
    tables,
    changes,
    clock,
    /** The vendors' present time, whole seconds. */
    now: () => toSeconds(clock.nowMs()),
    /** Calls `watch` at every change, before the answer goes out. */
    onChange: (watch: (change: Change) => void) => void watchers.push(watch),
    /** A table whose rows are known only as rows: for storing and loading. */
    anyTable: (name: TableName) => tables[name] as unknown as Table<Row>,
    settings(): Settings {
      const settings = tables.settings.get(1);
      if (!settings) throw new Error('sandbox: the world has no settings yet');
      return settings;
    },
    clear(): void {
      for (const table of Object.values(tables)) table.clear();
      changes.length = 0;
    },
  };
}

export type TableName = keyof ReturnType<typeof createTables>;
export type World = ReturnType<typeof createWorld>;
