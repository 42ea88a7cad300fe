import { Writable } from 'node:stream';
import { terminalOn } from '../../src/cli/terminal';

const escape = '\u001b';
const hostile = `${escape}[2Jbad\u202ename\u0007`;

/** A terminal of so many columns that has colours. */
function screen(columns = 40) {
  let text = '';
  const stdout = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    }),
    { isTTY: true, columns, hasColors: () => true },
  );
  return { streams: { stdout, stderr: stdout }, shown: () => text };
}

test('colour on a terminal that has it', () => {
  const { streams, shown } = screen();
  const terminal = terminalOn(streams);
  terminal.print(terminal.paint('bad', 'failing'));
  expect(shown()).toBe(`${escape}[31mfailing${escape}[39m\n`);
});

test.each([
  ['with NO_COLOR', screen().streams, true],
  [
    'on a terminal without colours',
    { ...screen().streams, stdout: Object.assign(screen().streams.stdout, { hasColors: () => false }) },
    false,
  ],
  [
    'where no terminal is',
    { ...screen().streams, stdout: Object.assign(screen().streams.stdout, { isTTY: false }) },
    false,
  ],
])('no colour %s', (_where, streams, colourless) => {
  expect(terminalOn(streams, colourless).paint('bad', 'failing')).toBe('failing');
});

test.each(['print', 'note', 'redraw', 'redrawScreen'] as const)(
  '%s lets no control of a name through, coloured or not',
  (way) => {
    for (const colourless of [true, false]) {
      const { streams, shown } = screen();
      terminalOn(streams, colourless)[way](`a ${hostile}`);
      expect(shown()).toContain('a �[2Jbad�name�');
    }
  },
);

test('a screen is cleared once, then drawn over', () => {
  const { streams, shown } = screen();
  const terminal = terminalOn(streams);
  terminal.redrawScreen('one\ntwo');
  terminal.redrawScreen('three');
  const [clear, top, endOfLine, below] = ['[2J', '[H', '[K', '[J'].map((code) => escape + code);
  expect(shown()).toBe(
    `${clear}${top}one${endOfLine}\ntwo${endOfLine}\n${below}${top}three${endOfLine}\n${below}`,
  );
});

test('a terminal has its width, a program that reads has none', () => {
  const { streams } = screen(33);
  const piped = { ...streams, stdout: Object.assign(screen().streams.stdout, { isTTY: false }) };
  const silent = screen(0).streams;
  expect([streams, piped, silent].map((on) => terminalOn(on).width())).toEqual([33, Infinity, 80]);
});
