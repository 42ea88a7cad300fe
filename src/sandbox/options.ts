/** Reads the sandbox's command line. */
import { parseArgs } from 'node:util';
import { readRehearsal, type Rehearsal } from './seed/rehearsal';
import { DEFAULT_SIZE, MOST_COMPANIES, MOST_PEOPLE, SCENARIOS } from './seed/size';
import type { SandboxOptions } from './server';

export interface CommandLine extends SandboxOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** How many, each on a port of its own from `port` on. */
  readonly sites: number;
}

/** Each is a listener and a world in memory. */
const MOST_SITES = 10_000;

/** A command line that cannot be followed; the message says which flag and why. */
export class BadFlag extends Error {}

const DEFAULT_PORT = 4100;

export const HELP = `The two vendors' APIs on one host: Teamwork.com at /, Desk at /desk/api/v2, controls under /sandbox.

Usage: npm run sandbox -- --token <token> [flags]
  --token <token>    a credential of both APIs, a user of its own; may be given several times
  --port <n>         the port to listen on, 0 for a free one (${DEFAULT_PORT})
  --sites <n>        so many sites that share nothing, on --port and those that follow it (1)
  --companies <n>    client companies of a new site (${DEFAULT_SIZE.companies})
  --people <n>       their people (${DEFAULT_SIZE.people})
  --seed <n>         the same seed gives the same site (${DEFAULT_SIZE.seed})
  --scenario <name>  ${SCENARIOS.join(', ')} (${DEFAULT_SIZE.scenario})
  --rehearsal <file> the site that \`rehearse\` wrote there, instead of a new one
  --rate-limit <n>   calls a minute and token on each side, 0 for no limit (Teamwork.com 150, Desk 120)
  --latency <ms>     how long each call takes at least (0)
  --data <dir>       keep the site and the call log there; a later start goes on with them

Where the vendors' documents leave room, switches choose: GET and POST /sandbox/switches (src/sandbox/DIFFERENCES.md).
`;

/** Throws BadFlag; null where only help was asked for. */
export function parseCommandLine(args: readonly string[]): CommandLine | null {
  const values = parsed(args);
  if (values.help) return null;
  const number = (name: keyof typeof NUMBERS, most: number) =>
    values[name] === undefined ? NUMBERS[name] : wholeNumber(name, values[name], most);
  const tokens = values.token ?? [];
  if (tokens.length === 0) throw new BadFlag('--token is missing: give at least one');
  const unusable = tokens.findIndex((token) => token === '' || /[\s:]/.test(token));
  if (unusable >= 0) throw new BadFlag('--token must be a text without blanks and colons');
  if (new Set(tokens).size < tokens.length) throw new BadFlag('--token was given twice with the same text');
  const port = number('port', 65_535);
  const sites = number('sites', MOST_SITES);
  if (sites === 0) throw new BadFlag('--sites must not be 0');
  if (sites > 1 && (port === 0 || port + sites - 1 > 65_535))
    throw new BadFlag('--sites needs a --port that as many ports follow');
  const companies = number('companies', MOST_COMPANIES);
  const people = number('people', MOST_PEOPLE);
  if (people > 0 && companies === 0) throw new BadFlag('--people needs companies: --companies must not be 0');
  const limit = values['rate-limit'];
  const perMinute = limit === undefined ? null : wholeNumber('rate-limit', limit, 1_000_000);
  return {
    port,
    sites,
    tokens,
    size: { seed: number('seed', 4_294_967_295), companies, people, scenario: scenarioOf(values.scenario) },
    latencyMs: number('latency', 600_000),
    ...(perMinute === null ? {} : { perMinute: { teamwork: perMinute, desk: perMinute } }),
    ...(values.rehearsal === undefined ? {} : { rehearsal: rehearsalOf(values.rehearsal) }),
    ...(values.data === undefined ? {} : { dataDir: directoryOf(values.data) }),
  };
}

const NUMBERS = {
  port: DEFAULT_PORT,
  sites: 1,
  seed: DEFAULT_SIZE.seed,
  companies: DEFAULT_SIZE.companies,
  people: DEFAULT_SIZE.people,
  latency: 0,
};

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: withNegatives(args),
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        sites: { type: 'string' },
        token: { type: 'string', multiple: true },
        seed: { type: 'string' },
        companies: { type: 'string' },
        people: { type: 'string' },
        scenario: { type: 'string' },
        rehearsal: { type: 'string' },
        'rate-limit': { type: 'string' },
        latency: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadFlag(reason.split(/\.\s/, 1)[0] ?? reason);
  }
}

/** `--people -5` is a wrong number, not two flags. */
function withNegatives(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const next = args[index + 1] ?? '';
    if (/^-\d/.test(arg) && (args[index - 1] ?? '').startsWith('--')) return [];
    return arg.startsWith('--') && /^-\d/.test(next) ? [`${arg}=${next}`] : [arg];
  });
}

function wholeNumber(name: string, value: string, most: number): number {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
  if (!(number <= most))
    throw new BadFlag(`--${name} must be a whole number from 0 to ${most}, not "${value}"`);
  return number;
}

function scenarioOf(value: string | undefined) {
  if (value === undefined) return DEFAULT_SIZE.scenario;
  const scenario = SCENARIOS.find((name) => name === value);
  if (!scenario) throw new BadFlag(`--scenario must be one of ${SCENARIOS.join(', ')}, not "${value}"`);
  return scenario;
}

function directoryOf(value: string): string {
  if (value === '') throw new BadFlag('--data must name a directory');
  return value;
}

function rehearsalOf(file: string): Rehearsal {
  try {
    return readRehearsal(file);
  } catch (error) {
    throw new BadFlag(`--rehearsal: ${error instanceof Error ? error.message : String(error)}`);
  }
}
