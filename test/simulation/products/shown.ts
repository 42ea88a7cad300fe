/** What listings show of records, and what of a company identifies it. */
import type { Observation } from '../../../src/domain/record';
import type { FaultKind } from './faults';
import { domainOf } from './products';
import { text, type Row } from './rows';

/** A listing that lost rights shows a part, and counts what it shows. */
export function isShown(fault: FaultKind | null, at: number): boolean {
  if (fault === 'shrunken_list') return at % 4 === 0;
  return fault !== 'lacking_list' || at % 5 !== 3;
}

/** No listing is sure to carry every field (R8). */
export function withoutNetworks(seen: Observation): Observation {
  const { twitter: _, linkedin: __, facebook: ___, ...fields } = seen.fields;
  return { ...seen, fields };
}

/** Website and email tell of a company, and in Desk its domains. */
export function domainsOf({ kind, fields, domains }: Row): string[] {
  if (kind !== 'company') return [];
  const host =
    text(fields.website)
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .split('/')[0] ?? '';
  const hosts = [host, domainOf(text(fields.email)), ...domains];
  return [...new Set(hosts.filter((one) => one.includes('.')))].sort();
}
