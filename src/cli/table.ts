/** Tables that fit the terminal: columns as wide as they need, the flexible ones cut when there is not enough room. */
import { cutTo, harmless, padTo, widthOf } from './plain-text';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** May be cut, down to this width; columns without it are always shown whole. */
  readonly least?: number;
}

const gap = '  ';

/** Lines without the line end; the first is the heading. Every cell is made harmless. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const cells = rows.map((row) => row.map(harmless));
  const wanted = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  const widths = fit(columns, wanted, width - gap.length * (columns.length - 1));
  const line = (row: readonly string[]): string =>
    columns
      .map((column, index) => {
        const columnWidth = widths[index] ?? 0;
        return padTo(cutTo(row[index] ?? '', columnWidth), columnWidth, column.align);
      })
      .join(gap)
      .trimEnd();
  return [columns.map((column) => column.title), ...cells].map(line);
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
