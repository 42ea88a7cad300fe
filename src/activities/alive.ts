/** A call may take longer than we want to wait for a dead worker: while it is under way, the activity says that it lives. */
import { activityInfo, heartbeat } from '@temporalio/activity';

/** Late by a beat or two is not dead. */
const beatsPerTimeout = 4;

/** `details` is what a successor would go on from. */
export async function alive<T>(details: () => unknown, work: () => Promise<T>): Promise<T> {
  const { heartbeatTimeoutMs = 20_000 } = activityInfo();
  const beat = setInterval(() => heartbeat(details()), heartbeatTimeoutMs / beatsPerTimeout);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

/** An activity without a place to go on from. */
export function staysAlive<In, Out>(activity: (input: In) => Promise<Out>): (input: In) => Promise<Out> {
  return (input) =>
    alive(
      () => undefined,
      () => activity(input),
    );
}
