/** I18: one write at a time is on its way for a record, and nobody gives up a write of somebody else's who is at it. */
import type { Site } from '../engine/site';
import type { CallLog } from '../products/calls';

export function oneWriter({ calls, interrupted }: Pick<Site, 'calls' | 'interrupted'>): string[] {
  return [
    ...interrupted.map((link) => `I18: a write of link ${link} was given up by another than who sent it`),
    ...overlapping(calls),
  ];
}

function overlapping(calls: readonly CallLog[]): string[] {
  const latest = new Map<string, CallLog>();
  return calls.flatMap((call) => {
    if (call.what !== 'write') return [];
    const target = call.record ?? `${call.side} ${String(call.identity)}`;
    const before = latest.get(target);
    latest.set(target, call);
    return before !== undefined && before.until > call.at
      ? [`I18: two writes at once to ${target}, at ${before.at} and ${call.at}`]
      : [];
  });
}
