/** Tables that fit the terminal: columns as wide as they need, the flexible ones cut when there is not enough room. */
import { cutTo, harmless, padTo, widthOf } from './plain-text';
import type { Terminal, Tone } from './terminal';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** May be cut, down to this width; columns without it are always shown whole. */
  readonly least?: number;
}

/** A text, or one in a colour. */
export type Cell = string | { readonly text: string; readonly tone: Tone | null };

const gap = '  ';

/** Lines without the line end; the first is the heading. Every cell is made harmless. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width, paint }: Pick<Terminal, 'width' | 'paint'>,
): string[] {
  const cells = rows.map((row) => row.map(plain));
  const wanted = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[index]?.text ?? ''))),
  );
  const widths = fit(columns, wanted, width() - gap.length * (columns.length - 1));
  const line = (row: readonly Plain[]): string => {
    const texts = columns.map((column, index) => {
      const columnWidth = widths[index] ?? 0;
      return padTo(cutTo(row[index]?.text ?? '', columnWidth), columnWidth, column.align);
    });
    // What only fills the line up is left out before it is coloured.
    const last = texts.findLastIndex((text) => text.trim() !== '');
    return texts
      .slice(0, last + 1)
      .map((text, index) => (index === last ? text.trimEnd() : text))
      .map((text, index) => inTone(paint, row[index]?.tone ?? null, text))
      .join(gap);
  };
  const heading = columns.map(({ title }): Plain => ({ text: title, tone: 'faint' }));
  return [heading, ...cells].map(line);
}

interface Plain {
  readonly text: string;
  readonly tone: Tone | null;
}

function plain(cell: Cell): Plain {
  return typeof cell === 'string'
    ? { text: harmless(cell), tone: null }
    : { text: harmless(cell.text), tone: cell.tone };
}

/** The blanks around a text keep the ground's own colour. */
function inTone(paint: Terminal['paint'], tone: Tone | null, text: string): string {
  const bare = text.trim();
  return tone === null || bare === '' ? text : text.replace(bare, () => paint(tone, bare));
}

/** Takes from the widest flexible column, one by one, until the row fits or nothing is left to take. */
function fit(columns: readonly Column[], wanted: readonly number[], room: number): number[] {
  const widths = [...wanted];
  let over = widths.reduce((sum, each) => sum + each, 0) - room;
  while (over > 0) {
    let widest = -1;
    columns.forEach((column, index) => {
      const current = widths[index] ?? 0;
      if (column.least !== undefined && current > column.least && current > (widths[widest] ?? 0))
        widest = index;
    });
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return widths;
}
