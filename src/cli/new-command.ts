/** The frame of every command: its options for JSON and site, its examples, and how its options' values are read. */
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { Reading } from '../site-forms';

export const programName = 'teamwork-desk-sync';

/** `examples` are command lines without the program's name. */
export function newCommand(name: string, summary: string, examples: readonly string[]) {
  const list = examples.map((example) => `  $ ${programName} ${example}`).join('\n');
  return new Command(name)
    .description(summary)
    .option('--json', 'print JSON')
    .addHelpText('after', `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${list}`);
}

export function newSiteCommand(name: string, summary: string, examples: readonly string[]) {
  return newCommand(name, summary, examples).option(
    '--site <id>',
    'the site; may be left out while there is one',
  );
}

/** For `.argParser`: a whole number from 1 on. */
export function positive(value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value))
    throw new InvalidArgumentError('Expected a whole number from 1 to 9999999.');
  return Number(value);
}

/** For `.argParser`: a share of a budget. */
export function percent(value: string): number {
  const share = Number(value.replace(/\s*%$/, ''));
  if (!(share >= 5 && share <= 100)) throw new InvalidArgumentError('Expected a number from 5 to 100.');
  return share;
}

/** For `.argParser`: what people write there is read the same as in the console. */
export function argument<T>(read: (text: string) => Reading<T>): (text: string) => T {
  return (text) => {
    const found = read(text);
    if ('problem' in found) throw new InvalidArgumentError(found.problem);
    return found.value;
  };
}
