/** English country names by ISO 3166-1 alpha-2 code. */

const NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Asking Intl takes longer than answering the rest of a person. */
const known = new Map<string, string>([['', '']]);

export function countryName(code: string): string {
  let name = known.get(code);
  if (name === undefined) {
    name = /^[A-Za-z]{2}$/.test(code) ? (NAMES.of(code.toUpperCase()) ?? '') : '';
    if (/^[A-Za-z]{0,2}$/.test(code)) known.set(code, name);
  }
  return name;
}
