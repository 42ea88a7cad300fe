/** Fills an empty world with a site. */
import type { World } from '../world';
import type { SeedSize } from './size';

export function seedWorld(_world: World, _size: SeedSize): void {
  // The data follow.
}
