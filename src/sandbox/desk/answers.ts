/** Desk's envelopes: one record or a page of them, with what was asked to be included. */
import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import type { ListPage } from './query';
import { parameter } from './requests';

/** Related rows by the plural name of their kind; always arrays. */
export type Included = Readonly<Record<string, readonly unknown[]>>;

/** The names in `includes`; null stands for all. */
export function includesOf(request: FastifyRequest): ReadonlySet<string> | null {
  const names = namesIn(parameter(request, 'includes'));
  return names.has('all') ? null : names;
}

function namesIn(list: string | undefined): ReadonlySet<string> {
  return new Set(
    (list ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
}

/** Keeps the kinds that were asked for. */
export function chosen(
  asked: ReadonlySet<string> | null,
  all: Record<string, () => readonly unknown[]>,
): Included {
  const kept = Object.entries(all).filter(([kind]) => asked === null || asked.has(kind));
  return Object.fromEntries(kept.map(([kind, rows]) => [kind, rows()]));
}

/** Keeps the fields that were asked for; an unknown name is nothing. */
export function sparse(request: FastifyRequest, record: JsonObject): JsonObject {
  const fields = namesIn(parameter(request, 'fields'));
  if (fields.size === 0) return record;
  return Object.fromEntries(Object.entries(record).filter(([key]) => fields.has(key)));
}

export function listAnswer<R>(
  root: string,
  page: ListPage<R>,
  records: readonly unknown[],
  included: Included,
): JsonObject {
  const { total, pageSize } = page;
  const pages = Math.ceil(total / pageSize);
  const hasMore = page.page < pages;
  return {
    [root]: records,
    included,
    pagination: { records: total, pageSize, pages, page: page.page, hasMorePages: hasMore },
    meta: { page: { pageSize, count: total, pageOffset: page.page - 1, pages, hasMore } },
  };
}
