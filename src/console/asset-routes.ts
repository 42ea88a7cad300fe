/** What pages load beside themselves: style, script, icon. Named by what is in them, so browsers keep them for good. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const types = {
  'console.css': 'text/css; charset=utf-8',
  'parts.css': 'text/css; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

type Asset = keyof typeof types;

const contents = new Map(
  (Object.keys(types) as Asset[]).map((name) => [
    name,
    readFileSync(join(__dirname, 'assets', name), 'utf8'),
  ]),
);

/** The address at which a page finds it. */
export function assetPath(name: Asset): string {
  const hash = createHash('sha256')
    .update(contents.get(name) ?? '')
    .digest('hex')
    .slice(0, 12);
  return `/assets/${hash}/${name}`;
}

export function assetRoutes(app: FastifyInstance): void {
  for (const [name, content] of contents) {
    app.get(assetPath(name), (_, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type(types[name]).send(content),
    );
  }
}
