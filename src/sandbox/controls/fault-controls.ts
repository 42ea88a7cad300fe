/** POST, GET and DELETE /sandbox/faults. */
import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../bodies';
import type { SandboxContext } from '../context';
import type { FaultRule } from '../faults';
import { FAULT_KINDS } from '../faults';
import { SIDES } from '../settings';
import { controlBody, isGiven, oneOf, probability, refuse, text, wholeNumber } from './input';

const KEYS = ['side', 'method', 'path', 'kind', 'status', 'delayMs', 'times', 'probability'];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const LONGEST_DELAY_MS = 600_000;

function statusFor(kind: FaultRule['kind'], body: JsonObject): number | null {
  if (kind === 'status') return wholeNumber(body, 'status', { least: 300, most: 599 });
  if (!isGiven(body, 'status')) return null;
  if (kind !== 'html') throw refuse(`status has no meaning with kind ${kind}`);
  return wholeNumber(body, 'status', { least: 200, most: 599 });
}

function delayFor(kind: FaultRule['kind'], body: JsonObject): number | null {
  if (kind === 'slow') return wholeNumber(body, 'delayMs', { least: 0, most: LONGEST_DELAY_MS });
  if (isGiven(body, 'delayMs')) throw refuse(`delayMs has no meaning with kind ${kind}`);
  return null;
}

function ruleIn(body: JsonObject): FaultRule {
  const kind = oneOf(body, 'kind', FAULT_KINDS);
  const method = isGiven(body, 'method') ? text(body, 'method').toUpperCase() : null;
  return {
    side: oneOf(body, 'side', SIDES),
    kind,
    method: method === null ? null : oneOf({ method }, 'method', METHODS),
    path: isGiven(body, 'path') ? text(body, 'path') : null,
    status: statusFor(kind, body),
    delayMs: delayFor(kind, body),
    times: isGiven(body, 'times') ? wholeNumber(body, 'times', { least: 1, most: 1_000_000 }) : null,
    probability: isGiven(body, 'probability') ? probability(body, 'probability') : 1,
  };
}

export function registerFaultControls(app: FastifyInstance, { faults }: SandboxContext): void {
  app.post('/sandbox/faults', (request) => {
    const rule = ruleIn(controlBody(request, KEYS));
    try {
      return { fault: faults.add(rule) };
    } catch {
      throw refuse('path must be a regular expression');
    }
  });

  app.get('/sandbox/faults', () => ({ faults: faults.list() }));

  app.delete('/sandbox/faults', () => {
    const removed = faults.list().length;
    faults.clear();
    return { removed };
  });
}
