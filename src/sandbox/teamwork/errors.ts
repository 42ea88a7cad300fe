/** How Teamwork.com words a refusal: v2 and v3 by `errors`, v1 by STATUS and MESSAGE. */
import type { Refusal } from '../context';
import { Refused } from '../refused';

export function refuseTeamwork(path: string, status: number, message: string): Refusal {
  return { status, body: isNewer(path) ? v3Body(message, message) : v1Body(message) };
}

function isNewer(path: string): boolean {
  return /^\/projects\/api\/v[23]\//.test(path);
}

function v1Body(message: string) {
  return { STATUS: 'Error', MESSAGE: message };
}

function v3Body(title: string, detail: string, meta?: object) {
  return { errors: [{ id: traceId(), title, detail, ...(meta ? { meta } : {}) }] };
}

export function v1Refusal(status: number, message: string): Refused {
  return new Refused(status, v1Body(message));
}

export function v3Refusal(status: number, title: string, detail: string, meta?: object): Refused {
  return new Refused(status, v3Body(title, detail, meta));
}

export function v3NotFound(kind: 'company' | 'person' | 'domain', id: number): Refused {
  return v3Refusal(404, 'invalid payload', `${kind} not found`, { [`${kind}Id`]: id });
}

/** A refusal of data, not yet worded for one of the API's versions. */
export class InvalidData extends Error {
  constructor(
    readonly kind: 'invalid' | 'taken',
    message: string,
  ) {
    super(message);
    this.name = 'InvalidData';
  }

  v1(): Refused {
    return v1Refusal(422, this.message);
  }

  v3(): Refused {
    return this.kind === 'taken'
      ? v3Refusal(409, 'conflict', this.message)
      : v3Refusal(400, 'invalid payload', this.message);
  }
}

let traces = 0;

/** Looks like the X-Ray ids of the real errors. */
function traceId(): string {
  traces += 1;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `1-${seconds}-${traces.toString(16).padStart(24, '0')}`;
}
