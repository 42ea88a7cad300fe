/** What the environment may set. The only reader of environment variables; every problem is reported at once. */
import { z } from 'zod';
import { httpUrl, keys, optional, pemFile, text, textOf, urlOf, usual, whole } from './config-forms';
import type { Variable } from './config-forms';
import { fileVariableOf, given, secretText, type Environment } from './config-secrets';
import { databaseUrlWithTls, tlsProblems } from './config-tls';

const port = whole(1, 65_535, 'a port');
const secret = { secret: true };
const certificate = /-----BEGIN CERTIFICATE-----/;

/** The default of each is the text that the environment would hold. */
const variables = {
  dataDir: usual('DATA_DIR', '.data', text(), 'Folder of everything that `npm start` keeps'),
  databaseUrl: optional(
    'DATABASE_URL',
    urlOf(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database'),
    'A Postgres of your own; without it one is started in DATA_DIR',
    secret,
  ),
  databaseCa: optional(
    'DATABASE_CA',
    pemFile(certificate, 'certificates'),
    'File of the certificates by which the server of DATABASE_URL proves its name, where the system does not know them',
  ),
  postgresPort: optional('PG_PORT', port, 'Port of the Postgres that is started; without it any free one'),
  temporalAddress: optional(
    'TEMPORAL_ADDRESS',
    z.string().regex(/^[^\s:/@]+:\d{1,5}$/, 'expected host:port, such as 127.0.0.1:7233'),
    'A Temporal server of your own; without it one is started',
  ),
  temporalNamespace: usual(
    'TEMPORAL_NAMESPACE',
    'default',
    z.string().regex(/^[A-Za-z0-9][\w.-]{1,254}$/, 'expected a namespace: letters, digits, ".", "_", "-"'),
    'Temporal namespace that all workflows live in',
  ),
  temporalApiKey: optional('TEMPORAL_API_KEY', text(), 'API key of Temporal Cloud; turns TLS on', secret),
  temporalTlsCert: optional(
    'TEMPORAL_TLS_CERT',
    pemFile(certificate, 'a certificate'),
    'File of the certificate that we show to Temporal; turns TLS on',
  ),
  temporalTlsKey: optional(
    'TEMPORAL_TLS_KEY',
    pemFile(/-----BEGIN (?:\w+ )?PRIVATE KEY-----/, 'a private key'),
    'File of its private key',
  ),
  temporalTlsCa: optional(
    'TEMPORAL_TLS_CA',
    pemFile(certificate, 'certificates'),
    'File of the certificates by which Temporal proves its name, where the system does not know them; turns TLS on',
  ),
  temporalCliPath: optional(
    'TEMPORAL_CLI_PATH',
    text(),
    'The `temporal` program to start the server with; without it one is found, downloaded or built',
  ),
  temporalUiPort: optional(
    'TEMPORAL_UI_PORT',
    port,
    'Port of the Temporal UI that is started; without it 8233 or any free one',
  ),
  temporalUiUrl: optional(
    'TEMPORAL_UI_URL',
    httpUrl('http://127.0.0.1:8233'),
    'Where people open the Temporal UI: the console links runs to it',
  ),
  host: usual('HOST', '127.0.0.1', text(), 'Address that the server listens on'),
  consolePort: usual(
    'CONSOLE_PORT',
    '4000',
    port,
    'Port of the server: console, webhooks, `/healthz`, `/readyz`, `/metrics`',
  ),
  publicUrl: optional(
    'PUBLIC_URL',
    httpUrl('https://sync.example.com'),
    "Where the vendors' webhooks reach the server; without it changes are found by polling alone",
  ),
  sandboxPort: usual('SANDBOX_PORT', '4100', port, 'Port of the sandbox'),
  sandboxToken: usual('SANDBOX_TOKEN', 'sandbox-token', text(), "The engine's token for the sandbox", secret),
  encryptionKeys: optional(
    'ENCRYPTION_KEY',
    keys(),
    'Key of the stored credentials: 32 bytes as base64 or hex; several, the newest first, while it is exchanged; `npm start` makes one in DATA_DIR',
    secret,
  ),
  teamworkUrl: optional(
    'TEAMWORK_URL',
    httpUrl('https://acme.teamwork.com'),
    'A real site for `npm start` to connect in place of the sandbox',
  ),
  teamworkToken: optional(
    'TEAMWORK_TOKEN',
    text(),
    'Teamwork.com API key of a real site, for `npm start` and `connect`',
    secret,
  ),
  deskToken: optional('DESK_TOKEN', text(), 'Desk API key of a real site, likewise', secret),
  site: usual(
    'SITE',
    'acme',
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected up to 63 of a-z, 0-9 and "-"'),
    'Name of the site that `npm start` connects',
  ),
  deskCreated: optional(
    'DESK_CREATED',
    z.iso.date('expected a date, such as 2024-01-31'),
    "When the real site's Desk was made; from 2023-11-01 on its InitialSync starts by itself",
  ),
  settleMs: usual(
    'SETTLE_MS',
    '20000',
    whole(0, 600_000, 'milliseconds'),
    'How long after a write of unknown outcome the record is looked for, in milliseconds',
  ),
  pollMs: usual(
    'POLL_MS',
    '60000',
    whole(100, 3_600_000, 'milliseconds'),
    "How often both sides are polled, in milliseconds; Desk's companies four times as often",
  ),
  requestTimeoutMs: usual(
    'REQUEST_TIMEOUT_MS',
    '30000',
    whole(100, 600_000, 'milliseconds'),
    'How long a vendor may take to answer one call, in milliseconds',
  ),
  heartbeatTimeoutMs: usual(
    'HEARTBEAT_TIMEOUT_MS',
    '20000',
    whole(1_000, 600_000, 'milliseconds'),
    'How long a worker may be silent before its work is given to another, in milliseconds',
  ),
  fileHosts: usual(
    'FILE_HOSTS',
    '.teamwork.com,s3.amazonaws.com,s3.eu-west-1.amazonaws.com',
    z.string().transform((list) => list.split(',').map((host) => host.trim().toLowerCase())),
    "Hosts, besides the site's own, that avatars are fetched from and uploaded to; `.name` stands for all below it",
  ),
  logLevel: usual(
    'LOG_LEVEL',
    'info',
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'expected trace, debug, info, warn, error or silent',
    }),
    'Least severity that is logged',
  ),
  workerSlots: usual(
    'WORKER_SLOTS',
    '8',
    whole(1, 200, 'slots'),
    'Calls that one worker makes at a time to each API',
  ),
  pollsPerSecond: usual('POLLS_PER_SECOND', '40', whole(1, 10_000, 'polls'), 'Polls of one worker at most'),
  workerHealthPort: optional('WORKER_HEALTH_PORT', port, 'Port where a worker answers `/healthz`, if any'),
  cacheHome: optional(
    'XDG_CACHE_HOME',
    text(),
    'Where the Temporal program is cached; without it `~/.cache`',
  ),
};

type Variables = typeof variables;
type ValueOf<V> = V extends Variable<infer T> ? T : never;

export type Config = { readonly [K in keyof Variables]: ValueOf<Variables[K]> };

/** Its message lists every problem, one a line, and holds no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads the configuration; a ConfigError names every variable that is wrong. An empty variable counts as unset. */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const values = Object.entries(variables).map(([field, variable]): [string, unknown] => {
    const source = variable.secret
      ? secretText(environment, variable.name)
      : { text: given(environment, variable.name) };
    if ('problem' in source) {
      problems.push(source.problem);
      return [field, undefined];
    }
    const text = source.text ?? variable.default;
    const result = variable.read.safeParse(text);
    if (result.success) return [field, result.data];
    problems.push(describeProblem(variable, text ?? '', result.error));
    return [field, undefined];
  });
  // Each value was read by its own variable's schema.
  const config = Object.fromEntries(values) as Config;
  if (problems.length === 0) problems.push(...realSiteProblems(config), ...tlsProblems(config));
  if (problems.length > 0) throw new ConfigError(problems);
  const { databaseUrl, databaseCa } = config;
  return databaseUrl === undefined
    ? config
    : { ...config, databaseUrl: databaseUrlWithTls(databaseUrl, databaseCa) };
}

function describeProblem(variable: Variable<unknown>, given: string, error: z.ZodError): string {
  // An address may hold a password, also where none belongs.
  const shown = variable.secret || given.includes('@') ? 'is not usable' : `is "${given.slice(0, 80)}"`;
  return `${variable.name} ${shown}: ${error.issues[0]?.message ?? 'not understood'}`;
}

/** The tokens alone are fine: `connect` takes them from here, with its own `--url`. */
function realSiteProblems({ teamworkUrl, teamworkToken, deskToken }: Config): string[] {
  if (teamworkUrl === undefined) return [];
  const tokens = { TEAMWORK_TOKEN: teamworkToken, DESK_TOKEN: deskToken };
  return Object.entries(tokens)
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name} is missing: the site at TEAMWORK_URL needs both tokens`);
}

export interface VariableDescription {
  readonly name: string;
  readonly default: string | undefined;
  readonly meaning: string;
  readonly secret: boolean;
}

/** NO_COLOR (no-color.org): whoever sets it wants no colours, whatever else is wrong with the configuration. */
export function wantsNoColour(environment: Environment = process.env): boolean {
  return given(environment, 'NO_COLOR') !== undefined;
}

/** Every variable, for the documentation. */
export function describeConfig(): VariableDescription[] {
  const all: readonly Variable<unknown>[] = Object.values(variables);
  return all.map(({ name, default: value, meaning, secret }) => ({ name, default: value, meaning, secret }));
}

/** The environment of a process that is to have this configuration; the rest (PATH, HOME …) as it is here. */
export function environmentOf(config: Config): Record<string, string> {
  const settings = Object.entries(variables).map(([field, { name }]): [string, string | undefined] => {
    const value = config[field as keyof Config];
    return [name, value === undefined ? undefined : textOf(value)];
  });
  // A secret that came from a file goes on as itself.
  const files = settings.map(([name]): [string, undefined] => [fileVariableOf(name), undefined]);
  const environment = Object.entries({ ...process.env, ...Object.fromEntries([...files, ...settings]) });
  return Object.fromEntries(environment.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
