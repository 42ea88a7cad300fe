/** Bodies of deliveries as plain objects: JSON or a form, refused where no vendor would send such a one. */

export type Body = ReadonlyMap<string, unknown>;

/** Deeper than any vendor nests. */
const deepest = 20;
const mostPairs = 1_000;

/** Keys that reach into every object where a program copies them. */
const poisoned = new Set(['__proto__', 'constructor', 'prototype']);

/** Null: it is none. Keys in lower case, for the two formats differ in theirs. */
export function jsonBody(bytes: Buffer): Body | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  return isHarmless(value) ? objectIn(value) : null;
}

/** `Company.ID=5` is the `id` of the `company`. */
export function formBody(bytes: Buffer): Body | null {
  const body = new Map<string, unknown>();
  let pairs = 0;
  for (const [key, value] of new URLSearchParams(bytes.toString('utf8'))) {
    const [first = '', ...rest] = key.toLowerCase().split('.');
    if (++pairs > mostPairs || [first, ...rest].some((part) => poisoned.has(part))) return null;
    const [second] = rest;
    if (second === undefined) body.set(first, value);
    else {
      const inner = body.get(first);
      const into = inner instanceof Map ? (inner as Map<string, unknown>) : new Map<string, unknown>();
      body.set(first, into.set(rest.join('.'), value));
    }
  }
  return pairs === 0 ? null : body;
}

export function objectIn(value: unknown): Body | null {
  if (value instanceof Map) return value as Body;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value).map(([key, part]) => [key.toLowerCase(), part as unknown]));
}

/** Walks without recursion: the depth is what is looked for. */
function isHarmless(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false;
    const next: unknown[] = [];
    for (const part of level) {
      if (typeof part !== 'object' || part === null) continue;
      if (!Array.isArray(part) && Object.keys(part).some((key) => poisoned.has(key))) return false;
      // One by one: a call does not take as many arguments as a list may have items.
      for (const inner of Object.values(part) as unknown[]) next.push(inner);
    }
    level = next;
  }
  return true;
}
