/** The store's contract, kept by Postgres. */
import { openStore } from '../../src/store/open-store';
import { migrate } from '../../src/store/migrate';
import { createDatabase, type TestDatabase } from '../support/database';
import type { MakeStore } from '../support/store-world';
import { appliedPlansContract } from './store/applied-plans';
import { budgetContract } from './store/budget';
import { conflictsContract } from './store/conflicts';
import { deliveriesContract } from './store/deliveries';
import { dueContract } from './store/due';
import { hooksContract } from './store/hooks';
import { goneContract } from './store/gone';
import { holdsContract } from './store/holds';
import { linkPagesContract } from './store/link-pages';
import { operationsContract } from './store/operations';
import { operationsDecidedContract } from './store/operations-decided';
import { planModeContract } from './store/plan-mode';
import { plansContract } from './store/plans';
import { readsContract } from './store/reads';
import { retriesContract } from './store/retries';
import { askedAboutContract, rivalsContract } from './store/rivals';
import { runsContract } from './store/runs';
import { setsConfirmedContract } from './store/sets-confirmed';
import { settleContract } from './store/settle';
import { sitesContract } from './store/sites';
import { stepsBegunContract } from './store/steps-begun';
import { stepsConfirmedContract } from './store/steps-confirmed';
import { stepsUnconfirmedContract } from './store/steps-unconfirmed';
import { surveysContract } from './store/surveys';
import { versionsContract } from './store/versions';
import { sweepsContract } from './store/sweeps';
import { viewsContract } from './store/views';
import { watchContract } from './store/watch';

let database: TestDatabase | undefined;

beforeAll(async () => {
  database = await createDatabase();
  await migrate(database.url);
});
afterAll(() => database?.drop());

const make: MakeStore = async ({ settleMs = 20_000, ...times } = {}) => {
  const databaseUrl = database?.url ?? '';
  return openStore({ databaseUrl, encryptionKey: Buffer.alloc(32, 7), settleMs, ...times });
};

describe('sites', () => sitesContract(make));
describe('surveys', () => surveysContract(make));
describe('versions', () => versionsContract(make));
describe('views', () => viewsContract(make));
describe('settle', () => settleContract(make));
describe('plans', () => plansContract(make));
describe('steps begun', () => stepsBegunContract(make));
describe('steps confirmed', () => stepsConfirmedContract(make));
describe('sets confirmed', () => setsConfirmedContract(make));
describe('steps unconfirmed', () => stepsUnconfirmedContract(make));
describe('due', () => dueContract(make));
describe('conflicts', () => conflictsContract(make));
describe('budget', () => budgetContract(make));
describe('runs', () => runsContract(make));
describe('plan mode', () => planModeContract(make));
describe('applied plans', () => appliedPlansContract(make));
describe('gone', () => goneContract(make));
describe('retries', () => retriesContract(make));
describe('rivals', () => rivalsContract(make));
describe('asked about', () => askedAboutContract(make));
describe('holds', () => holdsContract(make));
describe('reads', () => readsContract(make));
describe('link pages', () => linkPagesContract(make));
describe('deliveries', () => deliveriesContract(make));
describe('hooks', () => hooksContract(make));
describe('watch', () => watchContract(make));
describe('epoch and sweeps', () => sweepsContract(make));
describe('operations', () => operationsContract(make));
describe('operations decided', () => operationsDecidedContract(make));
