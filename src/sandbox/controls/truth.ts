/** Everything the site holds, deleted records included, and every change since the last reset with who made it. */
import type { SandboxContext } from '../context';
import type { Row } from '../table';
import type { Change, TableName, World } from '../world';

const RECORDS: Readonly<Record<string, Readonly<Record<string, TableName>>>> = {
  teamwork: {
    companies: 'teamworkCompanies',
    domains: 'teamworkDomains',
    people: 'teamworkPeople',
    webhooks: 'teamworkWebhooks',
  },
  desk: {
    companies: 'deskCompanies',
    domains: 'deskDomains',
    customers: 'deskCustomers',
    contacts: 'deskContacts',
    webhookEndpoints: 'deskWebhookEndpoints',
    users: 'deskUsers',
  },
};

const PLACES = new Map(
  Object.entries(RECORDS).flatMap(([side, kinds]) =>
    Object.entries(kinds).map(([kind, table]) => [table as string, { side, kind }] as const),
  ),
);

/** A change of a record as told outside; null for what is no record of either side. */
function told({ table, ...change }: Change) {
  const place = PLACES.get(table);
  return place ? { ...place, ...change } : null;
}

/** The main email of a customer stands in its contacts; told with it, so that nobody has to join the two. */
function withEmail(world: World, table: TableName, row: Row): object {
  if (table !== 'deskCustomers') return row;
  const emails = world.tables.deskContacts
    .by('customer', row.id)
    .filter((contact) => contact.state === 'active' && contact.type === 'email');
  return {
    ...row,
    email: emails.find((contact) => contact.isMain)?.value ?? '',
    alternativeEmails: emails.filter((contact) => !contact.isMain).map((contact) => contact.value),
  };
}

function* items(values: Iterable<unknown>): Generator<string> {
  let between = '';
  for (const value of values) {
    yield between + JSON.stringify(value);
    between = ',\n';
  }
}

function* records(world: World, table: TableName): Generator<object> {
  for (const row of world.anyTable(table).all()) yield withEmail(world, table, row);
}

function* changes(world: World): Generator<object> {
  for (const change of world.changes) {
    const entry = told(change);
    if (entry) yield entry;
  }
}

/** How many records of each kind there are that are not deleted: of a large site the truth itself is too long to look at. */
export function counts({ world }: SandboxContext): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(RECORDS).map(([side, kinds]) => [
      side,
      Object.fromEntries(Object.entries(kinds).map(([kind, table]) => [kind, liveRows(world, table)])),
    ]),
  );
}

function liveRows(world: World, table: TableName): number {
  let live = 0;
  for (const row of world.anyTable(table).all()) if (!isDeleted(row)) live += 1;
  return live;
}

function isDeleted(row: Row): boolean {
  const { state, status, deleted } = row as Row & Readonly<Record<string, unknown>>;
  return state === 'deleted' || status === 'deleted' || deleted === true;
}

/** The JSON text in pieces, for a large site's would not fit into one string. */
export function* truth({ world }: SandboxContext): Generator<string> {
  yield `{"now":"${world.now()}"`;
  for (const [side, kinds] of Object.entries(RECORDS)) {
    let open = `,\n"${side}":{`;
    for (const [kind, table] of Object.entries(kinds)) {
      yield `${open}"${kind}":[`;
      yield* items(records(world, table));
      yield ']';
      open = ',\n';
    }
    yield '}';
  }
  yield ',\n"users":[';
  yield* items(world.tables.tokenUsers.all());
  yield '],\n"changes":[';
  yield* items(changes(world));
  yield ']}\n';
}
