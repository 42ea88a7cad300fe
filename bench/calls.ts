/** What the engine's calls in the sandbox's log come to. */
import type { Side } from '../src/domain/record';
import { token, type Lab } from '../test/support/lab';
import type { Call } from '../test/support/sandbox-controls';

export async function callsSince(lab: Lab, n: number): Promise<readonly Call[]> {
  return (await lab.sandbox.calls(n)).filter((call) => call.token === token);
}

export async function lastCall(lab: Lab): Promise<number> {
  return (await lab.sandbox.calls()).at(-1)?.n ?? 0;
}

export function isWrite({ method }: Call): boolean {
  return method !== 'GET';
}

/** Connecting writes hooks. */
export function isRecordWrite(call: Call): boolean {
  return isWrite(call) && !call.path.includes('/webhook');
}

export function isCreate({ method, status }: Call): boolean {
  return method === 'POST' && status === 201;
}

export function ofSide(calls: readonly Call[], side: Side): readonly Call[] {
  return calls.filter((call) => call.side === side);
}

/** From the first of these calls to the last. */
export function secondsOver(calls: readonly Call[]): number {
  const times = calls.map(({ at }) => Date.parse(at));
  return (Math.max(...times) - Math.min(...times)) / 1_000;
}
