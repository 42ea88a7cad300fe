/** Reads query parameters as Teamwork.com does: comma lists, flags, pages; unknown ones are ignored. */
import type { FastifyRequest } from 'fastify';
import { InvalidData } from './errors';

export type Parameters = Readonly<Record<string, string | undefined>>;

/** Query parameters; a repeated one keeps its first value. */
export function parametersOf(request: FastifyRequest): Parameters {
  const query = request.query as Record<string, string | string[]>;
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, Array.isArray(value) ? value[0] : value]),
  );
}

export function flag(parameters: Parameters, name: string, otherwise = false): boolean {
  const value = parameters[name]?.toLowerCase();
  return value === undefined || value === '' ? otherwise : value === 'true' || value === '1';
}

/** The ids of a comma list; null where the parameter is absent. */
export function ids(parameters: Parameters, ...names: readonly string[]): ReadonlySet<number> | null {
  for (const name of names) {
    const value = parameters[name];
    if (value) return new Set(value.split(',').map(Number));
  }
  return null;
}

export function words(parameters: Parameters, name: string): readonly string[] {
  return (parameters[name] ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

/** A moment, cut to whole seconds as rows carry it; null where none of the parameters is given. */
export function moment(parameters: Parameters, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = parameters[name];
    if (!value) continue;
    const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
    // A raw `+` of an offset arrives as a blank.
    const text = compact ? `${compact[1]}-${compact[2]}-${compact[3]}T00:00:00Z` : value.replace(' ', '+');
    const ms = Date.parse(text);
    if (Number.isNaN(ms)) throw new InvalidData('invalid', `${name} is not a valid date`);
    return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  }
  return null;
}

export interface PageRequest {
  /** Counts from 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** A page size above the largest is cut to it silently. */
export function pageOf(parameters: Parameters, size: { usual: number; largest: number }): PageRequest {
  return {
    page: positive(parameters, 'page', 1),
    pageSize: Math.min(positive(parameters, 'pageSize', size.usual), size.largest),
  };
}

function positive(parameters: Parameters, name: string, otherwise: number): number {
  const value = parameters[name];
  if (value === undefined || value === '') return otherwise;
  if (!/^\d{1,9}$/.test(value) || Number(value) < 1) {
    throw new InvalidData('invalid', `${name} must be a positive number`);
  }
  return Number(value);
}
