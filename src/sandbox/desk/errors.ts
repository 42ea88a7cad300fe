/** How Desk words a refusal that is made before any route runs. */
import type { Refusal } from '../context';

/** Above its limit Desk answers with an empty body. */
export function refuseDesk(_path: string, status: number, message: string): Refusal {
  return status === 429 ? { status, body: '' } : { status, body: { message } };
}
