/** JSON as it comes off the wire: no lost digits, no characters that the store could not keep. */

/** A string or a whole number; strings are matched so that digits inside them are left alone. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const longInteger = /^-?\d{16,}$/;

/**
 * Parses JSON. Integers of 16 digits and more come as text, because a JavaScript number would round some of them:
 * ids stay exact. Throws `SyntaxError`.
 */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(stringOrNumber, (token) => (longInteger.test(token) ? `"${token}"` : token)),
  );
}

/**
 * Text that Postgres can store as jsonb and every driver carries unchanged: NUL is dropped, a lone surrogate becomes
 * U+FFFD. Done at the edge, so that what was read, stored and compared is one value.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
