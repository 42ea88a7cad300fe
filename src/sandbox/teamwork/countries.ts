/** English country names by ISO 3166-1 alpha-2 code. */

const NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

export function countryName(code: string): string {
  return /^[A-Za-z]{2}$/.test(code) ? (NAMES.of(code.toUpperCase()) ?? '') : '';
}
