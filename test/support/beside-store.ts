/** A database and its store, as `ownStore`, with a connection of the tests' own beside them. */
import { Client, type QueryResultRow } from 'pg';
import { ownStore } from './own-store';
import { aWorld } from './store-world';

export function besideStore() {
  let client: Client;
  // Before the database is dropped.
  afterAll(() => client.end());
  const opened = ownStore();
  beforeAll(async () => {
    client = new Client({ connectionString: opened.url() });
    await client.connect();
  });
  const ports = {
    world: () => aWorld(opened()),
    get ports() {
      return opened();
    },
  };
  const query = <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
    client.query<Row>(text, values);
  return { opened, ports, query };
}
