/** The flags of `npm start`. */
import { Command, InvalidArgumentError } from 'commander';

export interface StartFlags {
  readonly once: boolean;
  /** Of the sandbox. */
  readonly companies: number;
  readonly people: number;
  readonly seed: number;
  readonly rateLimit: number;
  readonly latency: number;
  readonly rehearsal?: string;
}

export function parseStartFlags(argv: readonly string[]): StartFlags {
  return new Command('npm start --')
    .description(
      'Starts Postgres, Temporal, the sandbox of both products, worker and server, and syncs the site.',
    )
    .option(
      '--once',
      'end with exit code 0 when InitialSync has finished and verify finds no difference',
      false,
    )
    .option('--companies <n>', "the sandbox's Teamwork.com companies", wholeNumber, 200)
    .option('--people <n>', "the sandbox's Teamwork.com people", wholeNumber, 2_000)
    .option('--seed <n>', "the sandbox's data", wholeNumber, 1)
    .option('--rate-limit <n>', "calls a minute that each of the sandbox's APIs allows", positive, 6_000)
    .option('--latency <ms>', "how long the sandbox's APIs take to answer", wholeNumber, 0)
    .option('--rehearsal <file>', 'the site that `rehearse` wrote there, in place of the sandbox’s own data')
    .configureOutput({ outputError: (text, write) => write(text) })
    .exitOverride((error) => {
      throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : 2 });
    })
    .parse(argv)
    .opts<StartFlags>();
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(value);
}

function positive(value: string): number {
  const number = wholeNumber(value);
  if (number === 0) throw new InvalidArgumentError('Expected a number above 0.');
  return number;
}
