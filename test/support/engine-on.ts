/** An engine in this process over a database, at the test run's Temporal; its watches never come to a poll. */
import { openEngine, type Engine } from '../../src/engine';
import { temporalAddress } from './temporal';

export function openEngineOn(
  databaseUrl: string,
  more: { readonly encryptionKeys?: readonly Buffer[]; readonly publicUrl?: string } = {},
): Promise<Engine> {
  return openEngine({
    databaseUrl,
    encryptionKeys: [Buffer.alloc(32, 7)],
    temporal: {
      address: temporalAddress(),
      namespace: 'default',
      heartbeatTimeoutMs: 20_000,
      pollMs: 3_600_000,
    },
    settleMs: 1_000,
    redispatchMs: 60_000,
    requestTimeoutMs: 5_000,
    fileHosts: [],
    ...more,
  });
}
