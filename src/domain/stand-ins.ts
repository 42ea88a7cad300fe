/**
 * Names, emails and addresses with other words in the place of their own: whoever matched before matches still, and nobody
 * is named. Words go by their folded spelling; capitals, signs, blanks, legal forms and single letters stay.
 */
import { foldCase } from './company-name';
import { formsBetweenSpaces } from './legal-forms';
import type { Digest } from './pseudonyms';
import { fieldsOf, type Field, type FieldValue, type Observation } from './record';

const formWords = new Set(
  [...formsBetweenSpaces.atEnd, ...formsBetweenSpaces.atStart].flatMap((form) => form.split(' ')),
);

const consonants = 'bcdfghjklmnprstv';
const vowels = 'aeio';
/** Of 64 each: among a million words two fall together once in ten sites. */
const syllables = 6;

/** A word that can be spoken, the same for the same word. `digest` answers hexadecimal digits, twelve at least. */
function wordFor(word: string, digest: Digest): string {
  let bits = BigInt(`0x${digest(word)}`);
  let spoken = '';
  for (let at = 0; at < syllables; at++) {
    spoken += (consonants[Number(bits & 15n)] ?? '') + (vowels[Number((bits >> 4n) & 3n)] ?? '');
    bits >>= 6n;
  }
  return spoken;
}

function inCaseOf(word: string, standIn: string): string {
  if (word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase())
    return standIn.toUpperCase();
  const first = word.charAt(0);
  const isCapital = first !== first.toLowerCase();
  return isCapital ? standIn.charAt(0).toUpperCase() + standIn.slice(1) : standIn;
}

export function wordsReplaced(text: string, digest: Digest): string {
  return text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    const folded = foldCase(word);
    return folded.length < 2 || formWords.has(folded) ? word : inCaseOf(word, wordFor(folded, digest));
  });
}

/** The last label stays, and a short one before it (`co.uk`), as suffixes are. */
export function hostReplaced(host: string, digest: Digest): string {
  const labels = host.split('.');
  const isSuffix = (at: number) =>
    at === labels.length - 1 ||
    (at === labels.length - 2 && labels.length > 2 && (labels[at] ?? '').length <= 3);
  return labels
    .map((label, at) =>
      isSuffix(at) || label.toLowerCase() === 'www' ? label : wordsReplaced(label, digest),
    )
    .join('.');
}

function emailReplaced(email: string, digest: Digest, keepsHost: boolean): string {
  const at = email.lastIndexOf('@');
  if (at < 0) return wordsReplaced(email, digest);
  const host = email.slice(at + 1);
  return `${wordsReplaced(email.slice(0, at), digest)}@${keepsHost ? host : hostReplaced(host, digest)}`;
}

/** `https://www.acme.test/about`: scheme and signs stay. */
function websiteReplaced(website: string, digest: Digest): string {
  const [, scheme = '', host = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/*)?([^/?#]*)(.*)$/isu.exec(website) ?? [];
  return scheme + hostReplaced(host, digest) + wordsReplaced(rest, digest);
}

/** The record's fields in other words; a picture is left out, for it shows its person. */
export function fieldsReplaced(
  { kind, fields, domains }: Observation,
  digest: Digest,
): Observation['fields'] {
  // Of a company's own addresses only those of public mail providers are in none of its domains: they name nobody.
  const isPublic = (email: string) =>
    kind === 'company' && !domains.some((domain) => email.toLowerCase().endsWith(`@${domain}`));
  const replaced = (field: Field, value: string): string => {
    if (field === 'company') return value;
    if (field === 'avatar') return '';
    if (field === 'email' || field === 'alternativeEmails')
      return emailReplaced(value, digest, isPublic(value));
    return field === 'website' ? websiteReplaced(value, digest) : wordsReplaced(value, digest);
  };
  return Object.fromEntries(
    fieldsOf[kind].flatMap((field): [Field, FieldValue][] => {
      const value = fields[field];
      if (value === undefined) return [];
      return [
        [
          field,
          typeof value === 'string' ? replaced(field, value) : value.map((one) => replaced(field, one)),
        ],
      ];
    }),
  );
}
