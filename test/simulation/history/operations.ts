/** What users and operators do, chosen by three numbers, so that an operation means something in any world. */
import type { Site } from '../engine/site';
import { Refusal } from '../products/products';
import type { Acts, Operation } from './chosen';
import { edits } from './edits';
import { lives } from './lives';
import { masses } from './masses';
import { operators } from './operators';
import { trouble } from './trouble';

export const acts: Acts = { ...edits, ...lives, ...masses, ...trouble, ...operators };

export function perform(site: Site, operation: Operation): void {
  const act = acts[operation.what];
  if (act === undefined) throw new Error(`There is no operation ${operation.what}.`);
  try {
    act[2](site, operation);
    if (act[1] !== null) site.marks.add(act[1]);
    const isListing = site.calls.some(({ what, until }) => what === 'list' && until === Infinity);
    if (site.isSweeping && operation.what.startsWith('delete')) site.marks.add('A29');
    if (isListing && (operation.what.startsWith('create') || operation.what.startsWith('delete')))
      site.marks.add('A40');
  } catch (error) {
    // The product did not take it, as it would not from a user.
    if (!(error instanceof Refusal)) throw error;
  }
  site.hooks.send();
}
