/** Faults put in by the controls: which calls they hit and how often. */
import type { Random } from './random';
import type { Side } from './settings';

export const FAULT_KINDS = [
  'status',
  'timeout',
  'reset_before',
  'reset_after',
  'html',
  'slow',
  'empty_list',
  'truncated',
  'ignored',
  'reformatted',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRule {
  readonly side: Side;
  readonly kind: FaultKind;
  /** Any method when null. */
  readonly method: string | null;
  /** A regular expression found anywhere in path and query; any path when null. */
  readonly path: string | null;
  readonly status: number | null;
  readonly delayMs: number | null;
  /** How many calls it still hits; null means until it is deleted. */
  readonly times: number | null;
  readonly probability: number;
}

export interface Fault extends FaultRule {
  readonly id: number;
  readonly hits: number;
}

/** A path that lists records rather than naming one. */
function isListing(path: string): boolean {
  const last = path.split('?', 1)[0]?.split('/').at(-1) ?? '';
  return !/^(\d+|me)(\.json)?$/.test(last);
}

function isEdit(method: string): boolean {
  return method === 'PUT' || method === 'PATCH';
}

export function createFaults(random: Random) {
  let faults: { rule: Fault; pattern: RegExp | null }[] = [];
  let lastId = 0;

  function matches(
    { rule, pattern }: (typeof faults)[number],
    side: Side,
    method: string,
    url: string,
  ): boolean {
    if (rule.side !== side || rule.times === 0) return false;
    if (rule.method !== null && rule.method !== method) return false;
    if (pattern !== null && !pattern.test(url) && !pattern.test(url.split('?', 1)[0] ?? '')) return false;
    if ((rule.kind === 'ignored' || rule.kind === 'reformatted') && !isEdit(method)) return false;
    if (rule.kind === 'empty_list' && (method !== 'GET' || !isListing(url))) return false;
    return rule.probability >= 1 || random.next() < rule.probability;
  }

  return {
    /** Throws where `path` is no regular expression. */
    add(rule: FaultRule): Fault {
      const pattern = rule.path === null ? null : new RegExp(rule.path);
      lastId += 1;
      const fault = { ...rule, id: lastId, hits: 0 };
      faults.push({ rule: fault, pattern });
      return fault;
    },
    list: (): Fault[] => faults.map(({ rule }) => rule),
    clear(): void {
      faults = [];
    },
    /** The first fault that hits this call, counted as a hit. */
    hit(side: Side, method: string, url: string): Fault | null {
      for (const entry of faults) {
        if (!matches(entry, side, method, url)) continue;
        const { rule } = entry;
        entry.rule = { ...rule, hits: rule.hits + 1, times: rule.times === null ? null : rule.times - 1 };
        return rule;
      }
      return null;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
