/** The oracle: it knows the products' ground truth and the store's tables, and nothing of how plans are made. */
import type { Site } from '../engine/site';
import { agreement } from './agreement';
import { breaks } from './breaks';
import { broughtUnasked } from './brought';
import { unlikeChosen } from './chosen';
import { copiedBack } from './copied-back';
import { engineWrites } from './engine-writes';
import { forms } from './forms';
import { holdAnswers } from './hold-answers';
import { identity } from './identity';
import { joined } from './joined';
import { lostValues } from './lost-values';
import { massChange } from './mass-change';
import { massWrites } from './mass-writes';
import { oneWriter } from './one-writer';
import { parked } from './parked';
import { resolver } from './resolver';
import { restraint } from './restraint';
import { secrets } from './secrets';
import { unmatched } from './unmatched';

export function judge(site: Site): string[] {
  return [
    ...agreement(site),
    ...identity(site),
    ...breaks(site),
    ...copiedBack(site),
    ...engineWrites(site),
    ...lostValues(site),
    ...restraint(site),
    ...oneWriter(site),
    ...massChange(site),
    ...massWrites(site),
    ...parked(site),
    ...unmatched(site),
    ...resolver(site),
    ...forms(site),
    ...joined(site),
    ...broughtUnasked(site),
    ...unlikeChosen(site),
    ...holdAnswers(site),
    ...secrets(site),
  ];
}
