/** Certificates in words. */
import type { Certificate, CompanyCertificate } from '../ports/certificates';
import { countText } from './words';

export function isInStep({ different }: Pick<Certificate, 'different'>): boolean {
  return different === 0;
}

/** Of a site: `in step: 12 companies, 240 people; 3 explained`. */
export function certificateText({ agreed, explained, different }: Omit<Certificate, 'digest'>): string {
  const same = `${countText(agreed.company, 'company', 'companies')}, ${countText(agreed.customer, 'person', 'people')}`;
  return verdict(same, explained, different);
}

/** Of a company with its people. */
export function personCounts({ agreed, explained, different }: CompanyCertificate): string {
  return verdict(countText(agreed, 'person', 'people'), explained, different);
}

function verdict(same: string, explained: number, different: number): string {
  return [
    different === 0 ? `in step: ${same}` : `${countText(different, 'difference')}; the same: ${same}`,
    ...(explained === 0 ? [] : [`${countText(explained, 'record or field', 'records or fields')} explained`]),
  ].join('; ');
}
