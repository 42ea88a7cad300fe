/** The fault `empty_list`: a listing that answers 200 and holds nothing, its counts agreeing. */
import type { FastifyReply } from 'fastify';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ZEROED: Readonly<Record<string, unknown>> = {
  count: 0,
  hasMore: false,
  records: 0,
  pages: 0,
  hasMorePages: false,
};

function zeroed(page: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(page).map(([key, value]) => [key, ZEROED[key] ?? value]));
}

export function emptied(payload: unknown, reply: FastifyReply): unknown {
  if (!isObject(payload)) return payload;
  if (reply.hasHeader('X-Records')) reply.header('X-Records', 0).header('X-Pages', 0);
  const empty: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(payload)) {
    if (Array.isArray(value)) empty[key] = [];
    else if (key === 'included') empty[key] = {};
    else if (key === 'pagination' && isObject(value)) empty[key] = zeroed(value);
    else if (key === 'meta' && isObject(value) && isObject(value.page)) {
      empty[key] = { ...value, page: zeroed(value.page) };
    } else empty[key] = value;
  }
  return empty;
}
