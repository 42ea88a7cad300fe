/** The store's contract, kept by the simulation's in-memory store. */
import { budgetContract } from '../contract/store/budget';
import { conflictsContract } from '../contract/store/conflicts';
import { dueContract } from '../contract/store/due';
import { duePlansContract } from '../contract/store/due-plans';
import { goneContract } from '../contract/store/gone';
import { holdsContract } from '../contract/store/holds';
import { operationsContract } from '../contract/store/operations';
import { operationsAnsweredContract } from '../contract/store/operations-answered';
import { operationsDecidedContract } from '../contract/store/operations-decided';
import { pausedContract } from '../contract/store/paused';
import { sharersContract } from '../contract/store/sharers';
import { attentionContract } from '../contract/store/attention';
import { holdsKeptContract } from '../contract/store/holds-kept';
import { groupsContract } from '../contract/store/groups';
import { turnsContract } from '../contract/store/turns';
import { identitiesContract } from '../contract/store/identities';
import { mirroredContract } from '../contract/store/mirrored';
import { peopleJoinedContract } from '../contract/store/people-joined';
import { tombstonesContract } from '../contract/store/tombstones';
import { twoWaitContract } from '../contract/store/two-wait';
import { perhapsDeletedContract } from '../contract/store/perhaps-deleted';
import { planModeContract } from '../contract/store/plan-mode';
import { plansContract } from '../contract/store/plans';
import { readsContract } from '../contract/store/reads';
import { retriesContract } from '../contract/store/retries';
import { rivalsContract } from '../contract/store/rivals';
import { runsContract } from '../contract/store/runs';
import { setsConfirmedContract } from '../contract/store/sets-confirmed';
import { settleContract } from '../contract/store/settle';
import { sitesContract } from '../contract/store/sites';
import { stepsBegunContract } from '../contract/store/steps-begun';
import { stepsConfirmedContract } from '../contract/store/steps-confirmed';
import { stepsIgnoredContract } from '../contract/store/steps-ignored';
import { stepsUnconfirmedContract } from '../contract/store/steps-unconfirmed';
import { surveysContract } from '../contract/store/surveys';
import { versionsContract } from '../contract/store/versions';
import { viewsContract } from '../contract/store/views';
import type { MakeStore } from '../support/store-world';
import { Memory } from './memory-store/memory';
import { openMemoryStore } from './memory-store/open-memory-store';

const memory = new Memory();

const make: MakeStore = ({ settleMs = 20_000, redispatchMs = 60_000 } = {}) =>
  Promise.resolve(openMemoryStore(memory, { settleMs, redispatchMs }));

/** Time passes only while somebody waits for a token, so that no stall of the machine looks like a free one. */
const makeStill: MakeStore = ({ settleMs = 20_000, redispatchMs = 60_000 } = {}) => {
  const sleep = (ms: number) => {
    still.ms += ms;
    return Promise.resolve();
  };
  return Promise.resolve(openMemoryStore(still.memory, { settleMs, redispatchMs, sleep }));
};
const still: { ms: number; readonly memory: Memory } = { ms: Date.now(), memory: new Memory(() => still.ms) };

describe('sites', () => sitesContract(make));
describe('surveys', () => surveysContract(make));
describe('versions', () => versionsContract(make));
describe('views', () => viewsContract(make));
describe('settle', () => settleContract(make));
describe('plans', () => plansContract(make));
describe('steps begun', () => stepsBegunContract(make));
describe('steps confirmed', () => stepsConfirmedContract(make));
describe('sets confirmed', () => setsConfirmedContract(make));
describe('steps ignored', () => stepsIgnoredContract(make));
describe('steps unconfirmed', () => stepsUnconfirmedContract(make));
describe('due', () => dueContract(make));
describe('due plans', () => duePlansContract(make));
describe('conflicts', () => conflictsContract(make));
describe('budget', () => budgetContract(makeStill));
describe('runs', () => runsContract(make));
describe('plan mode', () => planModeContract(make));
describe('gone', () => goneContract(make));
describe('retries', () => retriesContract(make));
describe('rivals', () => rivalsContract(make));
describe('reads', () => readsContract(make));
describe('holds', () => holdsContract(make));
describe('operations', () => operationsContract(make));
describe('operations answered', () => operationsAnsweredContract(make));
describe('operations decided', () => operationsDecidedContract(make));
describe('paused', () => pausedContract(make));
describe('emails that others hold', () => sharersContract(make));
describe('tombstones', () => tombstonesContract(make));
describe('holds kept', () => holdsKeptContract(make));
describe('groups', () => groupsContract(make));
describe('turns', () => turnsContract(make));
describe('identities', () => identitiesContract(make));
describe('mirrored', () => mirroredContract(make));
describe('people joined', () => peopleJoinedContract(make));
describe('perhaps made of what is deleted', () => perhapsDeletedContract(make));
describe('two that wait', () => twoWaitContract(make));
describe('attention', () => attentionContract(make));
