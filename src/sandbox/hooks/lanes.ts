/** Who is sent to next: every hook has a lane of its own, so that a slow one holds up neither the others nor the sandbox. */

export type Job = () => Promise<unknown>;

interface Lane {
  /** Jobs whose time has not come, and jobs in the queue. */
  size: number;
  inFlight: number;
  readonly queue: Job[];
}

const MOST_IN_FLIGHT = 64;
const MOST_OF_ONE = 16;
const MOST_WAITING = 50_000;

export function createLanes() {
  const lanes = new Map<string, Lane>();
  const timers = new Set<NodeJS.Timeout>();
  let inFlight = 0;
  let generation = 0;

  function laneOf(key: string): Lane {
    const lane = lanes.get(key) ?? { size: 0, inFlight: 0, queue: [] };
    lanes.set(key, lane);
    return lane;
  }

  /** Begins what may begin; the lane that was served goes to the end. */
  function pump(): void {
    for (const [key, lane] of [...lanes]) {
      if (inFlight >= MOST_IN_FLIGHT) return;
      if (lane.size === 0 && lane.inFlight === 0) lanes.delete(key);
      const job = lane.inFlight < MOST_OF_ONE ? lane.queue.shift() : undefined;
      if (!job) continue;
      lane.size -= 1;
      lane.inFlight += 1;
      inFlight += 1;
      lanes.delete(key);
      lanes.set(key, lane);
      void run(lane, job);
    }
  }

  async function run(lane: Lane, job: Job): Promise<void> {
    const begun = generation;
    await job();
    if (begun !== generation) return;
    lane.inFlight -= 1;
    inFlight -= 1;
    pump();
  }

  return {
    /** False where the lane is full and the job was not taken. */
    add(key: string, job: Job, delayMs: number): boolean {
      const lane = laneOf(key);
      if (lane.size >= MOST_WAITING) return false;
      lane.size += 1;
      const timer = setTimeout(() => {
        timers.delete(timer);
        lane.queue.push(job);
        pump();
      }, delayMs);
      timers.add(timer);
      return true;
    },
    /** Forgets all that waits; what is in flight counts no more. */
    clear(): void {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      lanes.clear();
      inFlight = 0;
      generation += 1;
    },
  };
}
