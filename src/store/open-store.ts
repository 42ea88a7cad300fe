/** The store's composition: one pool, and every port over it. */
import type { AccountStore } from '../ports/accounts';
import type { CertificateStore } from '../ports/certificates';
import type { Budget } from '../ports/budget';
import type { KeyStore } from '../ports/keys';
import type { OperationStore } from '../ports/operations';
import type { Reads } from '../ports/reads';
import type { Store } from '../ports/store';
import { accountMethods } from './accounts';
import { postgresBudget } from './budget';
import { certificateMethods } from './certificates';
import { confirmMethods } from './confirm';
import { connectDatabase } from './database';
import { deliveryMethods } from './deliveries';
import { dueMethods } from './due';
import { figureReads } from './figures';
import { hookMethods } from './hooks';
import { holdMethods } from './holds';
import { intentMethods } from './intents';
import { operationMethods } from './operator-dues';
import { plannedMethods } from './planned';
import { planMethods } from './plans';
import { postgresReads } from './reads';
import { runMethods } from './runs';
import { keyMethods } from './keys';
import { sealerWith } from './sealing';
import { settleMethods } from './settle';
import { siteMethods } from './sites';
import { stepMethods } from './steps';
import { surveyMethods } from './surveys';
import { viewMethods } from './undecided';
import { watchMethods } from './watch';

export interface StoreOptions {
  readonly databaseUrl: string;
  /** 32 bytes, kept outside the database. */
  readonly encryptionKeys: readonly Buffer[];
  /** How long after a write of unknown outcome the record is looked for, in milliseconds (R15). */
  readonly settleMs: number;
  /** Connections at most; 10 unless set. */
  readonly poolSize?: number;
  /** How long a query may wait for a connection, in milliseconds; ten seconds unless set. */
  readonly connectWithinMs?: number;
  /** After how many milliseconds a dispatched and unfinished link is dispatched again; a minute unless set. */
  readonly redispatchMs?: number;
  /** How far a change and a hook's last delivery may lie apart before the hook counts as silent, in milliseconds; ten minutes unless set. */
  readonly hookSilenceMs?: number;
}

export interface OpenStore {
  readonly store: Store;
  readonly budget: Budget;
  readonly reads: Reads;
  readonly operations: OperationStore;
  readonly accounts: AccountStore;
  readonly certificates: CertificateStore;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

/** Opens the store of a database that `migrate` has brought up to date. Connects at the first query. */
export function openStore(options: StoreOptions): Promise<OpenStore> {
  const { databaseUrl, encryptionKeys, settleMs, connectWithinMs = 10_000 } = options;
  const { poolSize = 10, redispatchMs = 60_000, hookSilenceMs = 600_000 } = options;
  const db = connectDatabase({ databaseUrl, poolSize, connectWithinMs });
  const sealer = sealerWith(encryptionKeys);
  const store: Store = {
    ...siteMethods(db, sealer),
    ...surveyMethods(db),
    ...viewMethods(db),
    ...settleMethods(db),
    ...plannedMethods(db),
    ...planMethods(db),
    ...stepMethods(db, { settleMs }),
    ...confirmMethods(db),
    ...intentMethods(db, { settleMs }),
    ...dueMethods(db, { redispatchMs }),
    ...runMethods(db),
    ...deliveryMethods(db, { redispatchMs }),
    ...hookMethods(db, sealer, { hookSilenceMs }),
    ...holdMethods(db),
    ...watchMethods(db),
  };
  return Promise.resolve({
    store,
    budget: postgresBudget(db),
    reads: { ...postgresReads(db), ...figureReads(db, store) },
    operations: operationMethods(db, { settleMs }),
    accounts: accountMethods(db),
    certificates: certificateMethods(db),
    keys: keyMethods(db, sealer),
    close: () => db.close(),
  });
}
