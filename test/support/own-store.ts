/** A migrated database for the tests of one file alone, and the store over it. */
import { openStore, type OpenStore } from '../../src/store/open-store';
import { createMigratedDatabase, type TestDatabase } from './database';

/** Opens before the file's tests and closes after them; what it answers is there from the first hook on. */
export function ownStore(): (() => OpenStore) & { url(): string } {
  let database: TestDatabase;
  let opened: OpenStore;
  beforeAll(async () => {
    database = await createMigratedDatabase();
    opened = await openStore({
      databaseUrl: database.url,
      encryptionKeys: [Buffer.alloc(32, 7)],
      settleMs: 0,
    });
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });
  return Object.assign(() => opened, { url: () => database.url });
}
