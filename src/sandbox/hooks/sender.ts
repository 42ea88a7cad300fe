/** Sends both vendors' webhooks: after the answer that they tell of, with the vendors' retries and the troubles asked for. */
import type { Clock } from '../clock';
import type { Random } from '../random';
import { seededRandom } from '../random';
import type { HookTrouble } from '../settings';
import type { World } from '../world';
import type { Delivery } from './delivery';
import { deliveryOf, headersOf } from './delivery';
import type { DeliveryLog, LoggedDelivery } from './delivery-log';
import type { Hook } from './hook';
import { HOOK_TABLES, hookOf, noteLostEvent, openHooks } from './hook';
import { createLanes } from './lanes';
import type { News } from './news';
import { watchNews } from './news';
import { createPoster } from './post';

const MOST_RETRIES = 3;
/** A shuffled delivery waits up to this long more, so that later ones overtake it. */
const SHUFFLE_MS = 1_000;

interface SenderParts {
  readonly world: World;
  readonly clock: Clock;
  readonly log: DeliveryLog;
  readonly seed: number;
  /** Keeps on disk what the sender changed. */
  readonly flush: () => void;
}

export function createSender({ world, clock, log, seed, flush }: SenderParts) {
  const lanes = createLanes();
  const poster = createPoster();
  let random: Random = seededRandom(seed);
  let stops = 0;
  let open: readonly Hook[] | null = null;

  const hooksNow = () => (open ??= openHooks(world));
  const troubleOf = (hook: Hook): HookTrouble => world.settings().hooks[hook.side];

  world.onChange(({ table }) => {
    if (HOOK_TABLES.has(table)) open = null;
  });
  watchNews(world, () => hooksNow().length > 0, tell);

  function tell(news: readonly News[]): void {
    for (const one of news) {
      for (const hook of hooksNow()) {
        if (hook.side === one.side && hook.wants(one.event)) begin(hook, deliveryOf(world, hook, one));
      }
    }
  }

  function begin(hook: Hook, delivery: Delivery): void {
    const trouble = troubleOf(hook);
    if (random.chance(trouble.drop)) {
      noteDropped(delivery);
      return;
    }
    const isTwice = random.chance(trouble.duplicate);
    const delay = () => trouble.delayMs + (random.chance(trouble.shuffle) ? random.below(SHUFFLE_MS) : 0);
    enqueue(hook, delivery, { retries: MOST_RETRIES, delayMs: delay() });
    if (isTwice) enqueue(hook, delivery, { retries: null, delayMs: delay() });
  }

  /** `retries`: how many are left; null for a mere repetition, whose failure is nobody's loss. */
  function enqueue(
    hook: Hook,
    delivery: Delivery,
    { retries, delayMs }: { retries: number | null; delayMs: number },
  ): void {
    const taken = lanes.add(`${hook.side} ${hook.id}`, () => attempt(delivery, retries), delayMs);
    // The bound is the sandbox's own, so that the hook does not pay for it.
    if (!taken) noteDropped(delivery);
  }

  async function attempt(delivery: Delivery, retries: number | null): Promise<void> {
    const hook = hookOf(world, delivery.side, delivery.hook);
    if (hook?.isOn !== true) return;
    const entry = await call(hook, delivery);
    if (entry === null || entry.status === 200 || retries === null) return;
    if (retries > 0) enqueue(hook, delivery, { retries: retries - 1, delayMs: troubleOf(hook).retryMs });
    else lose(hook);
  }

  /** Null where the sandbox was closed or reset meanwhile. */
  async function call(hook: Hook, delivery: Delivery): Promise<LoggedDelivery | null> {
    const begun = stops;
    const at = new Date(clock.nowMs()).toISOString();
    const headers = headersOf(delivery, hook.secret);
    const { timeoutMs } = troubleOf(hook);
    const status = await poster.post({ url: hook.url, headers, body: delivery.body, timeoutMs });
    return begun === stops ? log.add({ ...delivery, at, status }) : null;
  }

  function noteDropped(delivery: Delivery): void {
    log.add({ ...delivery, at: new Date(clock.nowMs()).toISOString(), status: 'dropped' });
  }

  function lose(hook: Hook): void {
    noteLostEvent(world, hook);
    flush();
  }

  function stop(): void {
    stops += 1;
    lanes.clear();
    poster.stop();
  }

  return {
    /** Sends a logged delivery once more, at once and whatever the troubles; null where its hook or body is gone. */
    async redeliver({ id: _id, at: _at, status: _status, ...delivery }: LoggedDelivery) {
      const hook = hookOf(world, delivery.side, delivery.hook);
      return hook && delivery.body !== '' ? call(hook, delivery) : null;
    },
    /** Forgets all that waits and was sent; called before a new site is seeded. */
    reset(seed: number): void {
      stop();
      random = seededRandom(seed);
      open = null;
      log.clear();
    },
    stop,
  };
}

export type Sender = ReturnType<typeof createSender>;
