/** The keys under which records find each other (R14) and claim their identity (R15). */
import { createHash } from 'node:crypto';
import { canonicalEmail, canonicalEmails } from '../domain/canonical';
import { companyNameKey, foldCase } from '../domain/company-name';
import type { Fields, Kind, Observation } from '../domain/record';

/** `fullName` serves looking a person up by name only; no two people are one for having the same. */
export type KeyField = 'name' | 'domains' | 'email' | 'alternativeEmails' | 'fullName';

export interface MatchKey {
  readonly field: KeyField;
  readonly key: string;
}

/** What an observation says of a record's keys: `fields` are those that it covered, whose former keys it replaces. */
export interface KeysRead {
  readonly fields: readonly KeyField[];
  readonly keys: readonly MatchKey[];
}

export function keysRead(kind: Kind, fields: Fields, domains: readonly string[] | null): KeysRead {
  const covered: KeyField[] = [];
  const keys: MatchKey[] = [];
  const add = (field: KeyField, found: readonly string[]) => {
    covered.push(field);
    keys.push(...[...new Set(found)].filter((key) => key !== '').map((key) => ({ field, key })));
  };
  const { name, email, alternativeEmails, firstName, lastName } = fields;
  if (kind === 'company') {
    if (typeof name === 'string') add('name', [nameKey(name)]);
    if (domains !== null) add('domains', domains.map(domainKey));
    return { fields: covered, keys };
  }
  if (typeof email === 'string') add('email', [emailKey(email)]);
  if (alternativeEmails !== undefined) add('alternativeEmails', [alternativeEmails].flat().map(emailKey));
  if (typeof firstName === 'string' && typeof lastName === 'string') {
    add('fullName', [personKey(`${firstName} ${lastName}`)]);
  }
  return { fields: covered, keys };
}

/** The keys by which a record is matched, in the order in which they tell most. */
export function signalsOf({
  kind,
  fields,
  domains,
}: Pick<Observation, 'kind' | 'fields' | 'domains'>): string[] {
  const { name, email, alternativeEmails } = fields;
  const keys =
    kind === 'company'
      ? [nameKey(typeof name === 'string' ? name : ''), ...domains.map(domainKey)]
      : [...emailsOf(email), ...emailsOf(alternativeEmails)].map(emailKey);
  return [...new Set(keys)].filter((key) => key !== '');
}

function emailsOf(value: Fields['email']): readonly string[] {
  return value === undefined ? [] : canonicalEmails([value].flat());
}

export function isDomainKey(key: string): boolean {
  return key.startsWith('d:');
}

export function nameKey(name: string): string {
  return keyed('n', companyNameKey(name));
}

export function domainKey(domain: string): string {
  return keyed('d', domain.toLowerCase());
}

export function emailKey(email: string): string {
  return keyed('e', canonicalEmail(email));
}

export function personKey(fullName: string): string {
  return keyed('p', foldCase(fullName).replace(/\s+/gu, ' '));
}

/** An index entry holds about 2,700 bytes; a value beyond any sense is told by its hash. */
const longestKey = 300;

function keyed(what: 'n' | 'd' | 'e' | 'p', value: string): string {
  if (value === '') return '';
  if (value.length <= longestKey) return `${what}:${value}`;
  return `${what}:#${createHash('sha256').update(value).digest('hex')}`;
}
