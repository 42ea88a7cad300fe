/** The oracle: it knows the products' ground truth and the store's tables, and nothing of how plans are made. */
import type { Site } from '../engine/site';
import { agreement } from './agreement';
import { breaks } from './breaks';
import { engineWrites } from './engine-writes';
import { identity } from './identity';
import { lostValues } from './lost-values';
import { restraint } from './restraint';

export function judge(site: Site): string[] {
  return [
    ...agreement(site),
    ...identity(site),
    ...breaks(site),
    ...engineWrites(site),
    ...lostValues(site),
    ...restraint(site),
  ];
}
