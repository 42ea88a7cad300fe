/** What the suites of `connect` work with: a database, and for each test a sandbox of its own. */
import { migrate } from '../../src/store/migrate';
import type { Engine } from '../../src/engine';
import { createDatabase, type TestDatabase } from '../support/database';
import { openEngineOn } from '../support/engine-on';
import { openSandbox, type OpenSandbox } from '../support/sandbox-over-http';
import { operate } from './operator';

export interface Connecting {
  engine: Engine;
  sandbox: OpenSandbox;
}

/** Filled when the first test begins; the sandbox is another in each. */
export function connecting(): Connecting {
  const parts = {} as Connecting;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
    await migrate(database.url);
    parts.engine = await openEngineOn(database.url);
  });
  afterAll(async () => {
    await parts.engine.close();
    await database.drop();
  });
  beforeEach(async () => {
    parts.sandbox = await openSandbox({ size: { seed: 5, companies: 12, people: 40, scenario: 'agency' } });
  });
  afterEach(() => parts.sandbox.close());
  return parts;
}

let count = 0;
export const newName = () => `site-${++count}-${process.pid}`;

export const connectOn = (
  { engine }: Connecting,
  argv: string,
  credentials: { teamwork?: string; desk?: string } = { teamwork: 'token-a', desk: 'token-a' },
) => operate({ parts: () => Promise.resolve(engine), credentials }, `connect ${argv}`);
