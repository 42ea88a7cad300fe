/** Request bodies arrive as bytes; each vendor reads them by its own rules. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes every content type as bytes. */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: LARGEST_BODY_BYTES },
    (_request, body, done) => {
      done(null, body);
    },
  );
}

export function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The JSON object in the body; null where there is none or it cannot be read. */
export function jsonBodyOf(request: FastifyRequest): JsonObject | null {
  try {
    const value: unknown = JSON.parse(wellFormed(bytesOf(request).toString('utf8')));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The vendors' JSON reader (Go) takes half a surrogate pair for the replacement character. */
function wellFormed(json: string): string {
  return json.replace(
    /\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g,
    (escape) => (escape.length === 6 ? '\\ufffd' : escape),
  );
}
