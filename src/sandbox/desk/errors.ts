/** How Desk words its refusals. */
import type { Refusal } from '../context';
import { Refused } from '../refused';

/** Refusals made before any route runs; above its limit Desk answers with an empty body. */
export function refuseDesk(_path: string, status: number, message: string): Refusal {
  return status === 429 ? { status, body: '' } : { status, body: { message } };
}

/** Messages under the field they are about, as Desk's validation library prints them. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export function invalid(errors: FieldErrors): Refused {
  return new Refused(400, { errors });
}

export function invalidField(field: string, message: string): Refused {
  return invalid({ [field]: [message] });
}

export function notFound(kind: string, id: number): Refused {
  return new Refused(404, { message: `${kind} ${id} not found` });
}

export function forbidden(): Refused {
  return new Refused(403, { message: 'You do not have permission to do this' });
}

/** A body whose kind Desk does not read is refused in plain text. */
export function unreadableContentType(): Refused {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  return new Refused(400, 'Content-Type must be JSON, form or multipart\n', type);
}
