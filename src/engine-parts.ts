/** What commands and pages are given of the engine: ports, and the client where Temporal is needed. Types only. */
import type { SyncClient } from './client';
import type { AccountStore } from './ports/accounts';
import type { Apis } from './ports/apis';
import type { CertificateStore } from './ports/certificates';
import type { Budget } from './ports/budget';
import type { HookApis } from './ports/hooks';
import type { KeyStore } from './ports/keys';
import type { OperationStore } from './ports/operations';
import type { Reads } from './ports/reads';
import type { Store } from './ports/store';

export interface StoreParts {
  readonly store: Store;
  readonly reads: Reads;
  readonly operations: OperationStore;
  readonly accounts: AccountStore;
  readonly certificates: CertificateStore;
  readonly keys: KeyStore;
  readonly budget: Budget;
  readonly apis: Apis;
  readonly hookApis: HookApis;
  /** Where the vendors reach the bridge; null: they cannot, and polling alone serves. */
  readonly publicUrl: string | null;
}

export interface EngineParts extends StoreParts {
  readonly client: SyncClient;
}
