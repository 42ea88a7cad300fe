/** Reads the bodies of the controls strictly: an unknown key or a wrong value is refused with a sentence. */
import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import { bytesOf, jsonBodyOf } from '../bodies';
import { Refused } from '../refused';

export function refuse(error: string, status = 400): Refused {
  return new Refused(status, { error });
}

/** The body of a control, which may be empty but holds no key beside these. */
export function controlBody(request: FastifyRequest, keys: readonly string[]): JsonObject {
  const empty = bytesOf(request).length === 0;
  const body = empty ? {} : jsonBodyOf(request);
  if (body === null) throw refuse('the body must be a JSON object');
  const unknown = Object.keys(body).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw refuse(`unknown key "${unknown}"; known are ${keys.join(', ')}`);
  return body;
}

/** One of these words; throws where the key is missing or another value stands there. */
export function oneOf<T extends string | number>(body: JsonObject, key: string, words: readonly T[]): T {
  const found = words.find((word) => word === body[key]);
  if (found === undefined) throw refuse(`${key} must be one of ${words.join(', ')}`);
  return found;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

export function wholeNumber(body: JsonObject, key: string, { least, most }: Range): number {
  const value = body[key];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw refuse(`${key} must be a whole number from ${least} to ${most}`);
  }
  return value;
}

/** A number from 0 to 1. */
export function probability(body: JsonObject, key: string): number {
  const value = body[key];
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw refuse(`${key} must be a number from 0 to 1`);
  return value;
}

export function text(body: JsonObject, key: string): string {
  const value = body[key];
  if (typeof value !== 'string' || value === '') throw refuse(`${key} must be a text`);
  return value;
}

export function isGiven(body: JsonObject, key: string): boolean {
  return body[key] !== undefined && body[key] !== null;
}
