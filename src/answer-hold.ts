/** An operator's answer to a mass change that is held (R26). */
import type { SyncClient } from './client';
import type { Hold } from './ports/holds';
import type { Store } from './ports/store';
import { Refused } from './refused';
import { startDue } from './start-due';
import { holdText } from './wording/hold-text';

export type HoldVerdict = 'approve' | 'reject';

/** `seen`: the set that was looked at; null: as it is now. Throws `Refused`. */
export async function answerHold(
  ports: { readonly store: Store; readonly client: Pick<SyncClient, 'entities'> },
  site: string,
  verdict: HoldVerdict,
  hold: number,
  seen: number | null,
): Promise<Hold> {
  const answered = await ports.store[verdict === 'approve' ? 'approveHold' : 'rejectHold'](site, hold, seen);
  if ('unknown' in answered) {
    throw new Refused(
      `There is no open hold ${hold}: it was answered, or everybody left it by themselves. \`attention\` shows what is open.`,
      { hold },
    );
  }
  if ('moved' in answered) {
    throw new Refused(
      `Hold ${hold} has changed since: ${holdText(answered.moved)}. Nothing was answered; look at it and answer again.`,
      { hold, set: answered.moved.version, count: answered.moved.count },
    );
  }
  await startDue(ports, site);
  return answered.done;
}
