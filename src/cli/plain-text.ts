/** Names as a terminal may show them: harmless, of a known width, cut between characters and not inside them. */

/** Controls, bidirectional overrides, separators, half pairs: what moves the cursor, hides text or turns it round. */
const harmful =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
const tags = /[\u{E0000}-\u{E007F}]/gu;

/** More marks than this on one letter are a flood that runs over the lines above and below. */
const mostMarks = 4;
const floods = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, 'gu');

/** The same text with everything that a terminal would obey replaced by �; spaces, tabs and line ends are one space. */
export function harmless(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(harmful, '�').replace(tags, '').replace(floods, '$1').trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const drawsNothing = /^[\p{M}\p{Default_Ignorable_Code_Point}]+$/u;
const narrowKana = /^[\uFF61-\uFFDC\uFFE8-\uFFEE]/u;
const wide =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Emoji_Presentation}\u3000-\u303E\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|.*\uFE0F)/su;

function widthOfGrapheme(grapheme: string): 0 | 1 | 2 {
  if (/^[ -~]$/.test(grapheme)) return 1;
  if (drawsNothing.test(grapheme)) return 0;
  return wide.test(grapheme) && !narrowKana.test(grapheme) ? 2 : 1;
}

const ownColours = /(\u001B\[\d{1,2}m)/;

/** Lines that are about to be shown, with nothing in them that a terminal would obey; where it is coloured, our colours stay. */
export function harmlessLines(text: string, coloured: boolean): string {
  const clean = (part: string) =>
    part.replace(/[^\n]+/g, (line) => line.replace(harmful, '�').replace(tags, ''));
  if (!coloured) return clean(text);
  return text
    .split(ownColours)
    .map((part, index) => (index % 2 === 1 ? part : clean(part)))
    .join('');
}

/** Columns that a terminal gives to the text. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += widthOfGrapheme(segment);
  return width;
}

/** Cut to that many columns, with … where something was cut off. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = width + widthOfGrapheme(segment);
    if (next > columns - 1) break;
    kept += segment;
    width = next;
  }
  return `${kept}…`;
}

export function padTo(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}

/** JSON that is safe on a terminal too: what JSON leaves as it is and a terminal obeys is escaped by its code. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  // The line ends are JSON's own: those of a text are escaped already.
  return text.replace(/[^\n]+/g, (line) => line.replace(harmful, escaped).replace(tags, escaped));
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
