/** How Teamwork.com words a refusal: v2 and v3 by `errors`, v1 by STATUS and MESSAGE. */
import type { Refusal } from '../context';

export function refuseTeamwork(path: string, status: number, message: string): Refusal {
  if (!/^\/projects\/api\/v[23]\//.test(path)) return { status, body: { STATUS: 'Error', MESSAGE: message } };
  return { status, body: { errors: [{ id: traceId(), title: message, detail: message }] } };
}

let traces = 0;

/** Looks like the X-Ray ids of the real errors. */
export function traceId(): string {
  traces += 1;
  return `1-${Math.floor(Date.now() / 1000).toString(16)}-${traces.toString(16).padStart(24, '0')}`;
}
