/** Nothing in it is shared with what it was copied from. */
export function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) return new Map([...value].map(([key, of]) => [key, copied<unknown>(of)])) as T;
  if (value instanceof Set) return new Set(value) as T;
  if (Array.isArray(value)) return value.map((one) => copied<unknown>(one)) as T;
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
  for (const [key, of] of Object.entries(value)) copy[key] = copied<unknown>(of);
  return copy as T;
}
