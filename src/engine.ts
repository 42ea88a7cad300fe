/** The engine's parts as the roots use them: store, budget, reads, API clients, Temporal client. */
import { siteApis } from './apis/site-apis';
import { connectTemporal, type SyncClient, type TemporalOptions } from './client';
import type { Config } from './config';
import type { Apis, Budget, EntityStarter, Reads, Store } from './ports';
import { openStore } from './store/open-store';

export interface Engine {
  readonly store: Store;
  readonly budget: Budget;
  readonly reads: Reads;
  readonly apis: Apis;
  readonly entities: EntityStarter;
  readonly client: SyncClient;
  readonly temporal: TemporalOptions;
  close(): Promise<void>;
}

export async function openEngine(config: Config): Promise<Engine> {
  const { store, budget, reads, close } = await openStore({
    databaseUrl: config.databaseUrl,
    encryptionKey: config.encryptionKey,
    settleMs: config.settleMs,
  });
  const temporal = { address: config.temporalAddress, namespace: config.temporalNamespace };
  const client = await connectTemporal(temporal);
  const apis = siteApis({
    timeoutMs: config.requestTimeoutMs,
    async accessTo(id) {
      const [site, credentials] = await Promise.all([store.site(id), store.credentials(id)]);
      if (site === null) throw new Error(`There is no site ${id}; \`sites\` lists those that are connected.`);
      return { url: site.url, credentials, ownerCompanyId: site.ownerCompanyId };
    },
  });
  return {
    store,
    budget,
    reads,
    apis,
    client,
    temporal,
    entities: client.entities,
    async close() {
      await client.close();
      await close();
    },
  };
}
