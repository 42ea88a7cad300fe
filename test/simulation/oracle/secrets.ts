/** I24: no credential leaves the store, and nothing of a record is in what Temporal keeps: ids, names of fields and reasons are. */
import type { Site } from '../engine/site';

/** Every credential of a simulated site has it. */
export const canary = 'canary-token';

/** What records of the histories are made of: addresses, and the words that their names begin with. */
const ofRecords =
  /@|https?:|\b(Firm|Client|House|Desk only|Stands alone|Ann|Ba|First|Last|Quick|Kept|Sta) \d/;

export function isTelling(payload: string): boolean {
  return payload.includes(canary) || ofRecords.test(payload);
}

export function secrets({ server, rows }: Pick<Site, 'server' | 'rows'>): string[] {
  const told = server.telling.slice(0, 1).map((payload) => `I24: Temporal was told ${payload.slice(0, 200)}`);
  const kept = rows.journal.find(({ detail }) => JSON.stringify(detail).includes(canary));
  return kept === undefined ? told : [...told, `I24: the journal of link ${kept.link} has a credential`];
}
