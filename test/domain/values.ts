/** Values that the domain's property tests draw from; every run draws the same. */
import * as fc from 'fast-check';

/** `npm run mutate` tries each law with a share of its examples: of thousands of mutants, hardly one needs more. */
const share = Number(process.env.LAW_EXAMPLES ?? 1);

export function seeded(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: 20_260_801, numRuns: Math.ceil(numRuns * share) };
}

const awkwardParts = [
  ...['www.', 'http://', 'https://', '//', '/', '.', '@', ':80', 'www.www.', 'xn--', 'a', 'B', 'acme', 'com'],
  ...[
    'İ',
    'ı',
    'I',
    'i\u0307',
    'ß',
    'ẞ',
    'Σ',
    'ς',
    'ﬁ',
    'ŉ',
    'ΐ',
    'e\u0301',
    '\u0301',
    'Å',
    '한',
    '각',
    '㈱',
    '株式会社',
  ],
  ...[
    '\u200b',
    '\u00ad',
    '\u3164',
    '\0',
    '\uD83D',
    '\uDE00',
    '😀',
    '👩‍💻',
    '\u202e',
    ' ',
    '\u00a0',
    '\r\n',
    '\u2000',
  ],
  ...[
    'Ltd',
    'GmbH',
    'S.A.',
    '& Co.',
    'Inc',
    '-',
    '(',
    '）',
    "'",
    '&',
    '１',
    '。',
    'é',
    'ü',
    '%41',
    '\\',
    '[',
    '_',
    '0',
  ],
];

/** Text of the sort that breaks comparisons: other scripts, halves of characters, invisible ones, pieces of addresses. */
export const awkwardText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...awkwardParts) },
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

/** All code points in order, sixteen at a time. */
export function* everyScript(end: number): Generator<string> {
  for (let start = 0; start < end; start += 16) {
    yield String.fromCodePoint(...Array.from({ length: 16 }, (_, offset) => start + offset));
  }
}

export function escape(text: string): string {
  return Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');
}
