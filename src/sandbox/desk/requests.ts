/** What Desk's routes read from a request: ids, list parameters, the JSON body and the caller's right. */
import type { FastifyRequest } from 'fastify';
import { bytesOf, isJsonObject, jsonBodyOf } from '../bodies';
import type { JsonObject } from '../bodies';
import { callerOf } from '../context';
import { forbidden, invalidField } from './errors';
import type { ListQuery } from './query';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE = 100;

/** One query parameter; the last one counts where it is repeated. */
export function parameter(request: FastifyRequest, name: string): string | undefined {
  const value: unknown = (request.query as JsonObject)[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' && last !== '' ? last : undefined;
}

export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Lists clamp a page size above 100 silently. */
export function listQueryOf(request: FastifyRequest): ListQuery {
  const pageSize = wholeNumber(parameter(request, 'pageSize')) ?? 0;
  return {
    filter: parameter(request, 'filter'),
    orderBy: parameter(request, 'orderBy') ?? 'id',
    descending: parameter(request, 'orderMode')?.toLowerCase() === 'desc',
    page: Math.max(1, wholeNumber(parameter(request, 'page')) ?? 1),
    pageSize: pageSize < 1 ? DEFAULT_PAGE_SIZE : Math.min(pageSize, LARGEST_PAGE),
  };
}

export function idOf(request: FastifyRequest): number {
  return Number((request.params as { id: string }).id);
}

/** The site's own address, as this caller reached it. */
export function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

/** The parts of a written envelope. */
export interface Written {
  readonly body: JsonObject;
  readonly record: JsonObject;
  readonly included: JsonObject;
}

/** Throws a 400 where the body is no JSON object; a root that is missing counts as empty. */
export function writtenIn(request: FastifyRequest, root: string): Written {
  const body = jsonBodyOf(request);
  if (!body) throw invalidField('body', bytesOf(request).length === 0 ? 'must be set' : 'must be valid JSON');
  return { body, record: objectAt(body, root), included: objectAt(body, 'included') };
}

function objectAt(body: JsonObject, key: string): JsonObject {
  const value = body[key] ?? {};
  if (!isJsonObject(value)) throw invalidField(key, 'must be an object');
  return value;
}

/** Refuses a caller who may only read. */
export function mayWrite(request: FastifyRequest): void {
  if (callerOf(request).role !== 'admin') throw forbidden();
}
