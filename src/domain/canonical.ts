/** Canonical values and equality (R13): the one place that says when two values are the same. */
import { fieldsOf, type Field, type Fields, type FieldValue, type Kind } from './record';

/** Spaces, controls and everything that draws nothing: zero-width characters, fillers, the braille blank. */
const drawsNothing = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Blank is what nobody can see: '', spaces, zero-width characters, an empty set. */
export function isBlank(value: FieldValue): boolean {
  return typeof value === 'string' ? drawsNothing.test(value) : value.every(isBlank);
}

/** Printable ASCII between two signs is its own plain form; most values are, and a survey compares many. */
const asciiText = /^[!-~](?:[ -~]*[!-~])?$/;

/** Trimmed, blank as ''. Postgres holds neither NUL nor half a surrogate pair, so neither is ever sent or compared. */
export function plainText(text: string): string {
  if (asciiText.test(text)) return text;
  const storable = text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
  return isBlank(storable) ? '' : storable.trim();
}

export function canonicalText(text: string): string {
  return asciiText.test(text) ? text : plainText(text).normalize('NFC');
}

/** Case-insensitive; a domain in Unicode equals its punycode. */
export function canonicalEmail(email: string): string {
  const text = canonicalText(email);
  const at = text.lastIndexOf('@');
  if (at < 0) return lowerCase(text);
  return `${lowerCase(text.slice(0, at))}@${canonicalHost(text.slice(at + 1))}`;
}

/** No address is longer; what is, is compared as it is written. */
const longestWebsite = 2_048;

/** Without scheme, `www.` and trailing slashes; the host in lower case, the path as it is. */
export function canonicalWebsite(website: string): string {
  const text = canonicalText(website);
  if (text.length > longestWebsite) return text;
  const bare = canonicalText(text.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/{2,}/i, '').replace(/(?<!\/)\/+$/, ''));
  const host = /^[^/?#]*/.exec(bare)?.[0] ?? '';
  const shortHost = canonicalHost(host).replace(/^www\.(?=[^.]+\.)/, '');
  const short = shortHost + bare.slice(host.length);
  // `https://http://www.www.…` loses one layer a turn, so that the result never has a shorter form.
  return short === text ? text : canonicalWebsite(short);
}

/** Canonical emails, sorted, each once. */
export function canonicalEmails(emails: readonly string[]): readonly string[] {
  const canonical = emails.map(canonicalEmail).filter((email) => email !== '');
  return [...new Set(canonical)].sort();
}

export function canonicalValue(field: Field, value: FieldValue): FieldValue {
  if (field === 'alternativeEmails') return canonicalEmails(typeof value === 'string' ? [value] : value);
  const text = typeof value === 'string' ? value : value.join(' ');
  if (field === 'email') return canonicalEmail(text);
  if (field === 'website') return canonicalWebsite(text);
  return canonicalText(text);
}

export function sameValue(field: Field, one: FieldValue, other: FieldValue): boolean {
  if (one === other) return true;
  const [a, b] = [canonicalValue(field, one), canonicalValue(field, other)];
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && a.every((element, index) => element === b[index]);
}

/** Whether both agree on every field that both cover; an unread field says nothing (R8). */
export function sameFields(kind: Kind, one: Fields, other: Fields): boolean {
  return fieldsOf[kind].every((field) => {
    const [a, b] = [one[field], other[field]];
    return a === undefined || b === undefined || sameValue(field, a, b);
  });
}

/** Dots may stand anywhere, as in addresses of Japanese mobile operators; what makes a list, a name or a header may not. */
const localPart = /^[^\s\p{Cc}\p{Default_Ignorable_Code_Point}@<>()[\]\\,;:"]{1,64}$/u;
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
const topLabel = /^(?!\p{N}+$).{2,}$/u;

/** Whether a vendor would take it as an email: one plain address in a domain with a dot. */
export function isEmail(text: string): boolean {
  const email = text.trim();
  const [local, domain, more] = email.split('@', 3);
  if (local === undefined || domain === undefined || more !== undefined) return false;
  if (email.length > 254 || local.length > 64 || !localPart.test(local)) return false;
  const labels = domain.split('.');
  if (labels.length < 2 || !topLabel.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => label.length <= 63 && domainLabel.test(label));
}

/** The same in every locale; NFC again, because lowering may leave a mark apart from its letter. */
function lowerCase(text: string): string {
  return text.toLowerCase().normalize('NFC');
}

/** Only names beyond ASCII need the standard's mapping; what it would not read as one host stays as it is written. */
function canonicalHost(host: string): string {
  const lower = lowerCase(host);
  if (/^\p{ASCII}*$/u.test(lower) || /[\s\p{Cc}/?#@\\%[\]]/u.test(lower)) return lower;
  const [, name = '', port = ''] = /^([^:]*)(:\d*)?$/.exec(lower) ?? [];
  const url = `https://${name}/`;
  return URL.canParse(url) ? new URL(url).hostname + port : lower;
}
