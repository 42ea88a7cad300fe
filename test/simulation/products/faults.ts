/** What goes wrong between the engine and a vendor, by chance and for as long as it is on. */
import { ApiError } from '../../../src/domain/errors';
import type { Side } from '../../../src/domain/record';
import type { Random } from '../random';

export const faultKinds = [
  'failed_before',
  'failed_after',
  'cut',
  'rate_limited',
  'web_page',
  'forbidden',
  'stale_read',
  'empty_list',
  'short_list',
  'shrunken_list',
  'lacking_list',
  'partial_list',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export class Faults {
  /** Share of calls that something befalls. */
  rate = 0;
  /** Share of listings of Teamwork.com's people that lack their networks (R8). */
  sparse = 0;
  readonly revoked: Record<Side, boolean> = { teamwork: false, desk: false };

  constructor(
    private readonly random: Random,
    private readonly met: (mark: string) => void,
  ) {}

  isSparse(): boolean {
    const isSparse = this.sparse > 0 && this.random.chance(this.sparse);
    if (isSparse) this.met('fault:sparse_list');
    return isSparse;
  }

  /** What befalls this call; null for nothing. */
  draw(what: 'list' | 'read' | 'write'): FaultKind | null {
    if (this.rate === 0 || !this.random.chance(this.rate)) return null;
    const possible = faultKinds.filter((kind) => {
      if (kind.endsWith('_list')) return what === 'list';
      if (kind === 'forbidden') return what === 'write';
      return kind === 'stale_read' ? what === 'read' : true;
    });
    const kind = this.random.pick(possible) ?? null;
    if (kind !== null) this.met(`fault:${kind}`);
    return kind;
  }
}

export function failure(kind: ApiError['kind'], effectUnknown = false, retryAfterMs?: number): ApiError {
  const facts = { status: null, effectUnknown };
  return new ApiError(
    kind,
    `simulated: ${kind}`,
    retryAfterMs === undefined ? facts : { ...facts, retryAfterMs },
  );
}
