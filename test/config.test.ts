import { ConfigError, describeConfig, environmentOf, readConfig } from '../src/config';

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
    expect(readConfig({ ENCRYPTION_KEY: value }).encryptionKey).toEqual(Buffer.alloc(32, 7));
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

  test('every variable has a name of its own and a meaning', () => {
    const described = describeConfig();
    expect(new Set(described.map(({ name }) => name)).size).toBe(described.length);
    expect(described.filter(({ meaning }) => meaning === '')).toEqual([]);
  });
});
