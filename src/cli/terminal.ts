/** Where a command writes to, and what can be shown there. */
import { styleText } from 'node:util';

export type Tone = 'good' | 'bad' | 'warn' | 'faint' | 'strong';

export interface Terminal {
  /** A person watches: output may be redrawn. */
  readonly live: boolean;
  /** Columns; 80 where nobody tells. */
  width(): number;
  print(text: string): void;
  /** To stderr: what is not the answer. */
  note(text: string): void;
  /** Draws over the current line; without a live terminal nothing. */
  redraw(line: string): void;
  readonly paint: (tone: Tone, text: string) => string;
}

const styles = { good: 'green', bad: 'red', warn: 'yellow', faint: 'dim', strong: 'bold' } as const;
const eraseLine = '\r\u001B[2K';

export interface Streams {
  readonly stdout: NodeJS.WritableStream &
    Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'hasColors'>>;
  readonly stderr: NodeJS.WritableStream;
}

/** Colours only on a terminal that has them; Node itself minds NO_COLOR there. */
export function terminalOn({ stdout, stderr }: Streams): Terminal {
  const live = stdout.isTTY === true;
  const coloured = live && stdout.hasColors?.() === true;
  return {
    live,
    // Some terminals tell no width, or 0.
    width: () => (live && stdout.columns !== undefined && stdout.columns > 0 ? stdout.columns : 80),
    print: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    redraw: (line) => {
      if (live) stdout.write(eraseLine + line);
    },
    paint: (tone, text) => (coloured ? styleText(styles[tone], text) : text),
  };
}
