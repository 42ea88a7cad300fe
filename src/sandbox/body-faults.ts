/** What a vendor that ignores or reformats an edit takes of its body. */
import type { FastifyRequest } from 'fastify';
import { bytesOf, isJsonObject, jsonBodyOf, type JsonObject } from './bodies';

export function bodyTaken(request: FastifyRequest, kind: 'ignored' | 'reformatted'): Buffer {
  const body = jsonBodyOf(request);
  if (body === null) return bytesOf(request);
  const taken = Object.entries(body).map(([root, value]): [string, unknown] => {
    if (!isJsonObject(value)) return [root, value];
    if (kind === 'ignored') return [root, {}];
    return [root, root === 'included' ? value : inCapitals(value)];
  });
  return Buffer.from(JSON.stringify(Object.fromEntries(taken)));
}

function inCapitals(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.toUpperCase() : value,
    ]),
  );
}
