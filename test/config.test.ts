import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, describeConfig, environmentOf, readConfig } from '../src/config';
import { temporalTls } from '../src/config-tls';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  test('of an empty environment is the defaults', () => {
    expect(readConfig({})).toMatchObject({
      dataDir: '.data',
      databaseUrl: undefined,
      consolePort: 4000,
      sandboxPort: 4100,
      site: 'acme',
      settleMs: 20_000,
      workerSlots: 8,
    });
  });

  test('an empty variable counts as unset', () => {
    expect(readConfig({ CONSOLE_PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}));
  });

  test('every problem is told at once: the variable, its value and what is expected', () => {
    expect(
      problemsOf({ CONSOLE_PORT: '99999', SETTLE_MS: '1.5', LOG_LEVEL: 'loud', DESK_CREATED: '2023-02-30' }),
    ).toEqual([
      'CONSOLE_PORT is "99999": expected a port: a whole number from 1 to 65535',
      'DESK_CREATED is "2023-02-30": expected a date, such as 2024-01-31',
      'SETTLE_MS is "1.5": expected milliseconds: a whole number from 0 to 600000',
      'LOG_LEVEL is "loud": expected trace, debug, info, warn, error or silent',
    ]);
  });

  test.each([
    ['DATABASE_URL', 'mysql://user:hush@host/db'],
    ['ENCRYPTION_KEY', 'hush'],
    ['TEAMWORK_URL', 'https://user:hush@acme.teamwork.com'],
    ['TEMPORAL_ADDRESS', 'user:hush@host:7233'],
  ])('a secret is not shown in the problem of %s', (name, value) => {
    const problems = problemsOf({ [name]: value, TEAMWORK_TOKEN: 'hush', DESK_TOKEN: 'hush' });
    expect(problems).toContainEqual(expect.stringContaining(name));
    expect(problems.join('\n')).not.toContain('hush');
  });

  test('a real site needs its address and both tokens', () => {
    expect(problemsOf({ TEAMWORK_URL: 'https://acme.teamwork.com', DESK_TOKEN: 'x' })).toEqual([
      'TEAMWORK_TOKEN is missing: the site at TEAMWORK_URL needs both tokens',
    ]);
  });

  test.each([
    ['hex', Buffer.alloc(32, 7).toString('hex')],
    ['base64', Buffer.alloc(32, 7).toString('base64')],
  ])('the encryption key may be given as %s', (_form, value) => {
    expect(readConfig({ ENCRYPTION_KEY: value }).encryptionKeys).toEqual([Buffer.alloc(32, 7)]);
  });

  test.each([',', '\n', ', '])('several keys may be given, with %j between them', (between) => {
    const [newest, former] = [Buffer.alloc(32, 8), Buffer.alloc(32, 7)];
    const value = [newest.toString('hex'), former.toString('base64')].join(between);
    const config = readConfig({ ENCRYPTION_KEY: value });
    expect(config.encryptionKeys).toEqual([newest, former]);
    expect(readConfig(environmentOf(config)).encryptionKeys).toEqual([newest, former]);
  });

  test('none of several keys may be short', () => {
    const value = `${'ab'.repeat(32)},${'ab'.repeat(31)}`;
    expect(problemsOf({ ENCRYPTION_KEY: value })).toEqual([
      'ENCRYPTION_KEY is not usable: expected 32 bytes as base64 or hex, as `openssl rand -base64 32` makes',
    ]);
  });

  test('addresses lose the slash at their end', () => {
    expect(
      readConfig({ TEAMWORK_URL: 'https://acme.teamwork.com/', TEAMWORK_TOKEN: 't', DESK_TOKEN: 'd' })
        .teamworkUrl,
    ).toBe('https://acme.teamwork.com');
  });

  test('is read again, the same, from the environment made of it', () => {
    const config = readConfig({
      PG_PORT: '5433',
      ENCRYPTION_KEY: 'ab'.repeat(32),
      TEMPORAL_ADDRESS: 'temporal:7233',
    });
    expect(readConfig(environmentOf(config))).toEqual(config);
  });

  describe('secrets from files', () => {
    let folder: string;
    beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'teamwork-desk-sync-config-'))));
    afterAll(() => rmSync(folder, { recursive: true }));
    const file = (text: string): string => {
      const path = join(folder, randomUUID());
      writeFileSync(path, text);
      return path;
    };

    test.each(describeConfig().filter(({ secret }) => secret))('$name may be one', ({ name }) => {
      const value = name === 'ENCRYPTION_KEY' ? 'ab'.repeat(32) : 'postgres://u:hush@host/db';
      const beside = { TEMPORAL_ADDRESS: 'temporal:7233' };
      const fromFile = readConfig({ ...beside, [`${name}_FILE`]: file(`${value}\n`) });
      expect(fromFile).toEqual(readConfig({ ...beside, [name]: value }));
    });

    test('every problem with them is told at once, and no secret', () => {
      const empty = file(' \n');
      const problems = problemsOf({
        DATABASE_URL_FILE: file('mysql://user:hush@host/db'),
        ENCRYPTION_KEY_FILE: '/nowhere',
        TEAMWORK_TOKEN: 'hush',
        TEAMWORK_TOKEN_FILE: empty,
        DESK_TOKEN_FILE: empty,
      });
      expect(problems).toEqual([
        'DATABASE_URL is not usable: expected an address such as postgres://user:password@host:5432/database',
        'ENCRYPTION_KEY_FILE is "/nowhere": expected a file that can be read',
        'TEAMWORK_TOKEN_FILE is set beside TEAMWORK_TOKEN: expected one of the two',
        `DESK_TOKEN_FILE is "${empty}": expected some text in it`,
      ]);
    });

    test('what came from a file goes on to other processes as itself', () => {
      process.env.DESK_TOKEN_FILE = file('from-file');
      const handedOn = environmentOf(readConfig());
      delete process.env.DESK_TOKEN_FILE;
      expect([handedOn.DESK_TOKEN, handedOn.DESK_TOKEN_FILE]).toEqual(['from-file', undefined]);
    });

    test('DATABASE_CA has Postgres prove its name', () => {
      const ca = file('-----BEGIN CERTIFICATE-----');
      const { databaseUrl } = readConfig({ DATABASE_URL: 'postgres://u:p@db.test/x', DATABASE_CA: ca });
      const asked = new URL(databaseUrl ?? '').searchParams;
      expect([asked.get('sslmode'), asked.get('sslrootcert')]).toEqual(['verify-full', ca]);
    });

    test('TLS that cannot be is told, all of it at once', () => {
      const certificate = file('-----BEGIN CERTIFICATE-----');
      expect(
        problemsOf({
          DATABASE_URL: 'postgres://u:hush@db.test/x?sslmode=prefer',
          TEMPORAL_TLS_CERT: certificate,
        }),
      ).toEqual([
        'DATABASE_URL has an sslmode that proves nothing: expected disable or require, verify-ca, verify-full',
        'TEMPORAL_TLS_KEY is missing: TEMPORAL_TLS_CERT is of no use without it',
        'TEMPORAL_ADDRESS is missing: TEMPORAL_API_KEY and TEMPORAL_TLS_… are for a server of your own',
      ]);
      expect(problemsOf({ TEMPORAL_TLS_CA: file('no certificate'), DATABASE_CA: '/nowhere' })).toEqual([
        'DATABASE_CA is "/nowhere": expected the path of certificates in PEM form',
        expect.stringMatching(/^TEMPORAL_TLS_CA is .*: expected the path of certificates in PEM form$/),
      ]);
    });
  });

  test.each(['require', 'verify-ca', 'verify-full'])(
    'sslmode=%s means that Postgres proves its name',
    (mode) => {
      const { databaseUrl } = readConfig({ DATABASE_URL: `postgres://u:p@db.test/x?sslmode=${mode}` });
      expect(new URL(databaseUrl ?? '').searchParams.get('sslmode')).toBe('verify-full');
    },
  );

  test('an API key turns TLS on', () => {
    const config = readConfig({ TEMPORAL_ADDRESS: 'cloud.test:7233', TEMPORAL_API_KEY: 'k' });
    expect(temporalTls(config)).toEqual({});
    expect(temporalTls(readConfig({ TEMPORAL_ADDRESS: 'temporal:7233' }))).toBeUndefined();
  });

  test('every variable has a name of its own and a meaning', () => {
    const described = describeConfig();
    expect(new Set(described.map(({ name }) => name)).size).toBe(described.length);
    expect(described.filter(({ meaning }) => meaning === '')).toEqual([]);
  });
});
