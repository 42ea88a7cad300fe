/** The oracle: it knows the products' ground truth and the store's tables, and nothing of how plans are made. */
import type { Site } from '../engine/site';
import { agreement } from './agreement';
import { breaks } from './breaks';
import { engineWrites } from './engine-writes';
import { forms } from './forms';
import { identity } from './identity';
import { lostValues } from './lost-values';
import { massChange } from './mass-change';
import { oneWriter } from './one-writer';
import { resolver } from './resolver';
import { restraint } from './restraint';
import { secrets } from './secrets';

export function judge(site: Site): string[] {
  return [
    ...agreement(site),
    ...identity(site),
    ...breaks(site),
    ...engineWrites(site),
    ...lostValues(site),
    ...restraint(site),
    ...oneWriter(site),
    ...massChange(site),
    ...resolver(site),
    ...forms(site),
    ...secrets(site),
  ];
}
