/** The engine's ports over a way that takes time, on which a process may die before what it asked for, or after. */
import type { Random } from '../random';
import type { Crashes } from './crashes';
import { presentWorker } from './attempt';
import type { VirtualTime } from './virtual-time';

const mostMs = 8;

/** Readings on which nothing but waiting depends: no crash between them is worth telling apart. */
const glances = new Set(['drainState', 'run', 'site', 'budgets', 'standing']);

/**
 * Every method of `port` is a side effect. Time passes after it, so that a process may die before it (in the time after
 * the one before) and after it; a dead process hears no answer, and asks for nothing more.
 */
export function takingTime<Port extends object>(
  port: Port,
  time: VirtualTime,
  random: Random,
  crashes: Crashes,
): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || glances.has(String(name))) return method;
      return async (...input: unknown[]) => {
        const worker = presentWorker();
        crashes.reached(String(name), 'before');
        if (worker?.isDead === true) await never();
        const result: unknown = await Reflect.apply(method, target, input);
        crashes.reached(String(name), 'after');
        await time.sleep(random.below(mostMs));
        if (worker?.isDead === true) await never();
        return result;
      };
    },
  });
}

/** One of its own for each: what all waited for would keep every world that ever was. */
export const never = () => new Promise<never>(() => undefined);

/** A call on its way is with the vendor: the process that sent it may be dead when it takes effect, and no answer comes. */
export async function unlessDead<T>(work: () => Promise<T>): Promise<T> {
  const worker = presentWorker();
  if (worker?.isDead === true) await never();
  try {
    return await work();
  } finally {
    if (worker?.isDead === true) await never();
  }
}

/** A vendor's API, on whose answers a process may die. */
export function mortal<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'needsPreparing') return method;
      return (...input: unknown[]) => unlessDead(() => Promise.resolve(Reflect.apply(method, target, input)));
    },
  });
}
