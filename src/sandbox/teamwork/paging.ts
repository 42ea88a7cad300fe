/** Cuts a listing into pages: v3 tells of them in `meta`, v1 and v2 in headers. */
import type { FastifyReply } from 'fastify';
import type { PageRequest } from './parameters';

/** No listing reaches further, whatever the page. */
const CEILING = 50_000;

export interface Page<R> {
  readonly rows: readonly R[];
  readonly total: number;
  readonly request: PageRequest;
}

export function pageFrom<R>(all: readonly R[], request: PageRequest): Page<R> {
  const total = Math.min(all.length, CEILING);
  const start = (request.page - 1) * request.pageSize;
  return { rows: all.slice(start, Math.min(start + request.pageSize, total)), total, request };
}

/** While more follows, `count` is no total: it only says that there is one more. */
export function v3Meta<R>({ total, request }: Page<R>) {
  const reached = request.page * request.pageSize;
  const hasMore = reached < total;
  return {
    page: {
      pageOffset: request.page - 1,
      pageSize: request.pageSize,
      count: hasMore ? reached + 1 : total,
      hasMore,
    },
  };
}

export function setPageHeaders<R>(reply: FastifyReply, { total, request }: Page<R>): void {
  reply.headers({
    'X-Page': request.page,
    'X-Pages': Math.ceil(total / request.pageSize),
    'X-Records': total,
  });
}
