/** Where a command writes to, and what can be shown there. */
import { styleText } from 'node:util';
import { harmlessLines } from './plain-text';

export type Tone = 'good' | 'bad' | 'warn' | 'faint' | 'strong';

export interface Terminal {
  /** A person watches: output may be redrawn. */
  readonly live: boolean;
  /** Columns; no limit where a program reads, and 80 on a terminal that does not tell. */
  width(): number;
  print(text: string): void;
  /** To stderr: what is not the answer. */
  note(text: string): void;
  /** Draws over the current line; without a live terminal nothing. */
  redraw(line: string): void;
  /** Draws over what was drawn there before, from the top; without a live terminal it is printed below. */
  redrawScreen(text: string): void;
  readonly paint: (tone: Tone, text: string) => string;
}

const styles = { good: 'green', bad: 'red', warn: 'yellow', faint: 'dim', strong: 'bold' } as const;
const eraseLine = '\r\u001B[2K';
const clearScreen = '\u001B[2J';
const toTheTop = '\u001B[H';
const eraseToLineEnd = '\u001B[K';
const eraseBelow = '\u001B[J';

export interface Streams {
  readonly stdout: NodeJS.WritableStream &
    Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'hasColors'>>;
  readonly stderr: NodeJS.WritableStream;
}

/** Colours only on a terminal that has them, and never where `colourless` (NO_COLOR) says so. */
export function terminalOn({ stdout, stderr }: Streams, colourless = false): Terminal {
  const live = stdout.isTTY === true;
  const coloured = live && !colourless && stdout.hasColors?.() === true;
  const shown = (text: string) => harmlessLines(text, coloured);
  let isCleared = false;
  return {
    live,
    width() {
      if (!live) return Infinity;
      // Some terminals tell no width, or 0.
      return stdout.columns !== undefined && stdout.columns > 0 ? stdout.columns : 80;
    },
    print: (text) => void stdout.write(`${shown(text)}\n`),
    note: (text) => void stderr.write(`${shown(text)}\n`),
    redraw: (line) => {
      if (live) stdout.write(eraseLine + shown(line));
    },
    redrawScreen(text) {
      const lines = shown(text).split('\n');
      if (!live) return void stdout.write(`${lines.join('\n')}\n`);
      const start = isCleared ? toTheTop : clearScreen + toTheTop;
      isCleared = true;
      stdout.write(start + lines.map((line) => `${line}${eraseToLineEnd}\n`).join('') + eraseBelow);
    },
    // Whether there is colour is decided above: Node would look at its own stdout.
    paint: (tone, text) => (coloured ? styleText(styles[tone], text, { validateStream: false }) : text),
  };
}
