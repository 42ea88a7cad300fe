/** One kind of record of the Desk API: how it is listed, read and shown. The routes of every kind are alike. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import type { SandboxContext } from '../context';
import type { Table } from '../table';
import { chosen, includesOf, listAnswer, sparse } from './answers';
import { notFound } from './errors';
import type { Collection } from './query';
import { listPage } from './query';
import { idOf, listQueryOf } from './requests';
import type { SoftRow } from './rows';
import { isActive } from './rows';

export interface Resource<R extends SoftRow> extends Collection<R> {
  /** The root of one record, and of a list of them. */
  readonly singular: string;
  readonly plural: string;
  readonly table: Pick<Table<R>, 'all' | 'inOrder' | 'get'>;
  readonly record: (row: R, request: FastifyRequest) => JsonObject;
  /** The related rows that `includes` may ask for. */
  readonly included: (
    rows: readonly R[],
    request: FastifyRequest,
  ) => Record<string, () => readonly unknown[]>;
}

/** The live row that the path names; throws a 404. */
export function rowOf<R extends SoftRow>(resource: Resource<R>, request: FastifyRequest): R {
  const id = idOf(request);
  const row = resource.table.get(id);
  if (!row || !isActive(row)) throw notFound(resource.singular, id);
  return row;
}

export function oneAnswer<R extends SoftRow>(
  resource: Resource<R>,
  row: R,
  request: FastifyRequest,
): JsonObject {
  return {
    [resource.singular]: sparse(request, resource.record(row, request)),
    included: chosen(includesOf(request), resource.included([row], request)),
  };
}

/** Registers GET of the list and of one record. */
export function registerReads<R extends SoftRow>(
  app: FastifyInstance,
  ctx: SandboxContext,
  resource: Resource<R>,
): void {
  app.get(`/${resource.plural}.json`, (request) => {
    const page = listPage(resource, listQueryOf(request));
    const records = page.rows.map((row) => sparse(request, resource.record(row, request)));
    const included = chosen(includesOf(request), resource.included(page.rows, request));
    return listAnswer(resource.plural, page, records, included);
  });
  app.get(`/${resource.plural}/${ID}`, (request) => {
    const deleted = resource.table.get(idOf(request));
    if (deleted && ctx.world.settings().switches.deletedRead === 200) {
      return oneAnswer(resource, deleted, request);
    }
    return oneAnswer(resource, rowOf(resource, request), request);
  });
}

/** The last part of a record's path. */
export const ID = ':id(^\\d+).json';
