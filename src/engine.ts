/** The engine's parts as the roots use them: store, budget, reads, API clients, Temporal client. */
import { siteApis } from './apis/site-apis';
import { connectTemporal, type TemporalOptions } from './client';
import { ConfigError, type Config } from './config';
import { temporalTls } from './config-tls';
import type { EngineParts, StoreParts } from './engine-parts';
import type { EntityStarter } from './ports/due';
import { openStore } from './store/open-store';

export interface Engine extends EngineParts {
  readonly entities: EntityStarter;
  readonly temporal: TemporalOptions;
  close(): Promise<void>;
}

export interface EngineSettings {
  readonly databaseUrl: string;
  readonly encryptionKeys: readonly Buffer[];
  readonly temporal: TemporalOptions;
  readonly settleMs: number;
  /** After how long work that was begun and not finished is given out again, in milliseconds. */
  readonly redispatchMs: number;
  readonly requestTimeoutMs: number;
  readonly fileHosts: readonly string[];
  /** Where the vendors reach the bridge. */
  readonly publicUrl?: string | undefined;
  /** How long a query may wait for a connection, in milliseconds; ten seconds unless set. */
  readonly connectWithinMs?: number;
}

/** What the engine cannot do without; a ConfigError names every variable that is missing. */
export function engineSettings(config: Config): EngineSettings {
  const { databaseUrl, encryptionKeys, temporalAddress } = config;
  if (databaseUrl === undefined || encryptionKeys === undefined || temporalAddress === undefined) {
    const needed = {
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEY: encryptionKeys,
      TEMPORAL_ADDRESS: temporalAddress,
    };
    throw new ConfigError(
      Object.entries(needed)
        .filter(([, value]) => value === undefined)
        .map(([name]) => `${name} is missing: set it, or run \`npm start\`, which brings its own`),
    );
  }
  return settingsAt(config, { databaseUrl, encryptionKeys, temporalAddress });
}

export interface Whereabouts {
  readonly databaseUrl: string;
  readonly encryptionKeys: readonly Buffer[];
  readonly temporalAddress: string;
  /** Where the configuration says nothing of it. */
  readonly publicUrl?: string | undefined;
}

/** The settings of parts that were found or started elsewhere than the configuration says. */
export function settingsAt(config: Config, at: Whereabouts): EngineSettings {
  const { temporalNamespace: namespace, heartbeatTimeoutMs, pollMs } = config;
  const { settleMs, requestTimeoutMs, fileHosts } = config;
  const [tls, apiKey] = [temporalTls(config), config.temporalApiKey];
  const consoleUrl = config.publicUrl ?? at.publicUrl;
  const access = { ...(tls === undefined ? {} : { tls }), ...(apiKey === undefined ? {} : { apiKey }) };
  return {
    databaseUrl: at.databaseUrl,
    encryptionKeys: at.encryptionKeys,
    temporal: {
      address: at.temporalAddress,
      namespace,
      heartbeatTimeoutMs,
      pollMs,
      ...access,
      ...(consoleUrl === undefined ? {} : { consoleUrl }),
    },
    settleMs,
    // Longer than a dead worker's own activities take to be given to another, which is better.
    redispatchMs: 3 * heartbeatTimeoutMs,
    requestTimeoutMs,
    fileHosts,
    publicUrl: consoleUrl,
  };
}

export type StoreSettings = Omit<EngineSettings, 'temporal'>;

/** The parts that need no Temporal. */
export async function openStoreParts(settings: StoreSettings): Promise<StoreParts & Pick<Engine, 'close'>> {
  const opened = await openStore({
    databaseUrl: settings.databaseUrl,
    encryptionKeys: settings.encryptionKeys,
    settleMs: settings.settleMs,
    redispatchMs: settings.redispatchMs,
    ...(settings.connectWithinMs === undefined ? {} : { connectWithinMs: settings.connectWithinMs }),
  });
  const apis = siteApis({
    timeoutMs: settings.requestTimeoutMs,
    fileHosts: settings.fileHosts,
    async accessTo(id) {
      const [site, credentials] = await Promise.all([opened.store.site(id), opened.store.credentials(id)]);
      if (site === null) throw new Error(`There is no site ${id}; \`sites\` lists those that are connected.`);
      return { url: site.url, credentials, ownerCompanyId: site.ownerCompanyId };
    },
  });
  return { ...opened, apis, hookApis: apis, publicUrl: settings.publicUrl ?? null };
}

/** Temporal is connected to `now`, or the engine does not open; `lazily`, at the first call. */
export async function openEngine(
  settings: EngineSettings,
  connect: { readonly temporal: 'now' | 'lazily' } = { temporal: 'now' },
): Promise<Engine> {
  const { temporal } = settings;
  const parts = await openStoreParts(settings);
  const client = await connectTemporal(temporal, connect.temporal === 'lazily');
  return {
    ...parts,
    client,
    temporal,
    entities: client.entities,
    async close() {
      await client.close();
      await parts.close();
    },
  };
}
