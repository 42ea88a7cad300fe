/** Names, emails and every other value of a person or company as pseudonyms; equal values stay equal, blanks stay blank. */
import { canonicalEmail, canonicalText, canonicalWebsite, isBlank, isEmail } from './canonical';

/** A keyed digest, short and in plain letters: who does not have the key cannot try names out. */
export type Digest = (text: string) => string;

/** Below these keys text is told as it is: ids, times, codes and names of fields. Everything else is a value. */
const plainKeys = new Set([
  ...['side', 'kind', 'id', 'teamwork', 'desk', 'phase', 'status', 'reason', 'scope', 'origin', 'presence'],
  ...['situation', 'action', 'rule', 'decidedBy', 'policy', 'conflict', 'verdict', 'event', 'field', 'state'],
  ...['run', 'at', 'since', 'createdAt', 'updatedAt', 'readAt', 'firstSeenAt', 'changedAt', 'activeSince'],
  ...['brokenAt', 'createdBy', 'updatedBy', 'companyId', 'asked', 'automaticSince', 'candidates'],
  ...['readAgain', 'operation', 'order', 'holder', 'from', 'to', 'into', 'sides'],
]);

/** Below these keys every text is a value, whatever it is called; but for the id of a company. */
const valueKeys = new Set([
  ...['bases', 'values', 'sourceBase', 'agreed', 'value', 'against', 'base', 'choices', 'before', 'after'],
]);

/** The same data in which no text tells who it is about. */
export function pseudonymous(data: unknown, digest: Digest): unknown {
  return walk(data, '', false, digest);
}

function walk(data: unknown, key: string, isValue: boolean, digest: Digest): unknown {
  if (typeof data === 'string') return isPlain(data, key, isValue) ? data : pseudonymOf(data, key, digest);
  if (Array.isArray(data)) {
    const items: readonly unknown[] = data;
    // `fields` as a list names fields; as an object it holds their values.
    const listKey = key === 'fields' ? 'field' : key;
    return items.map((item) => walk(item, listKey, isValue, digest));
  }
  if (typeof data !== 'object' || data === null) return data;
  const below = isValue || valueKeys.has(key) || key === 'fields';
  const timed = key === 'changedAt';
  return Object.fromEntries(
    Object.entries(data).map(([name, inner]) => [name, walk(inner, timed ? 'at' : name, below, digest)]),
  );
}

function isPlain(text: string, key: string, isValue: boolean): boolean {
  if (isValue) return key === 'company' && /^\d{1,20}$/.test(text);
  return plainKeys.has(key);
}

function pseudonymOf(text: string, key: string, digest: Digest): string {
  if (isBlank(text)) return '';
  if (isEmail(text)) {
    const email = canonicalEmail(text);
    const at = email.lastIndexOf('@');
    return `${digest(email.slice(0, at))}@${digest(email.slice(at + 1))}.example`;
  }
  const canonical = key === 'website' ? canonicalWebsite(text) : canonicalText(text);
  return key === 'website' || key === 'domains' ? `${digest(canonical)}.example` : digest(canonical);
}
