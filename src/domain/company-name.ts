/** When two company names are one name for matching (R14): case, punctuation, spaces and legal form do not count. */
import { canonicalText, isBlank } from './canonical';
import { dottedForms, formsBetweenSpaces, formsWithoutSpaces, longestForm } from './legal-forms';

/** The key under which a company name is looked up; '' for a blank name. Nothing fuzzier: no accent or word is dropped. */
export function companyNameKey(name: string): string {
  const folded = foldCase(name);
  const words = withoutForms(wordsOf(folded));
  const key = withoutUnspacedForms(
    words
      .filter((word) => word !== '&')
      .join('')
      .normalize('NFC'),
  );
  // A name of signs alone, such as `!!!`, is still a name.
  return key === '' ? folded.replace(/\s/gu, '') : key;
}

/**
 * R13's form in one case, the same in every locale: ß and ẞ are ss, a final sigma is a sigma, and the four Turkish i are one,
 * since each is the other's capital or small letter in some language.
 */
export function foldCase(text: string): string {
  const lower = canonicalText(text).toLowerCase().toUpperCase().toLowerCase();
  return lower.replaceAll('ς', 'σ').replaceAll('i\u0307', 'i').normalize('NFC');
}

/** Dots, slashes and apostrophes stand inside a word (`S.A.`, `A/S`, `Levi's`); other punctuation ends it. */
function wordsOf(folded: string): string[] {
  const spelledOut = dottedForms.reduce((text, [short, full]) => text.replace(short, full), folded);
  const words = spelledOut
    .replace(/㈱/gu, ' 株 ')
    .replace(/㈲/gu, ' 有 ')
    .replace(/㈜/gu, ' 주 ')
    .replace(/[&＆]/gu, ' & ')
    .replace(/[./'’‘`´®™\p{Default_Ignorable_Code_Point}]/gu, '')
    .split(/(?:(?!&)[\s\p{P}\p{Cc}])+/u);
  return joinInitials(words.filter((word) => !isBlank(word)));
}

/** `S. A.` is `S.A.`, and `U. S. A.` does not end in a Spanish legal form. */
function joinInitials(words: readonly string[]): string[] {
  const joined: string[] = [];
  let initials = false;
  for (const word of words) {
    const initial = /^\p{L}\p{M}*$/u.test(word);
    if (initial && initials) joined.push((joined.pop() ?? '') + word);
    else joined.push(word);
    initials = initial;
  }
  return joined;
}

/** Takes legal forms off, one after the other (`GmbH & Co. KG`), but never the whole name. */
function withoutForms(words: readonly string[]): readonly string[] {
  let [start, end] = [0, words.length];
  for (let taken = true; taken;) {
    taken = false;
    for (let length = Math.min(longestForm, end - start - 1); length > 0 && !taken; length--) {
      taken = true;
      if (formsBetweenSpaces.atEnd.has(words.slice(end - length, end).join(' '))) end -= length;
      else if (formsBetweenSpaces.atStart.has(words.slice(start, start + length).join(' '))) start += length;
      else taken = false;
    }
  }
  return words.slice(start, end);
}

/** In scripts written without spaces a form is a whole word although nothing separates it. */
function withoutUnspacedForms(key: string): string {
  let rest = key;
  for (;;) {
    const form = formsWithoutSpaces.find((one) => rest.length > one.length && hasAtAnEnd(rest, one));
    if (form === undefined) return rest;
    rest = rest.endsWith(form) ? rest.slice(0, -form.length) : rest.slice(form.length);
  }
}

function hasAtAnEnd(text: string, form: string): boolean {
  return text.endsWith(form) || text.startsWith(form);
}
