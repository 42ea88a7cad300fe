/** What befalls one history besides its operations and its faults, at a moment of its own. */
import type { Site } from '../engine/site';

export interface Ordeal {
  /** Before the operation of that number. */
  before(site: Site, operation: number): void;
  /** After the last operation, where the ordeal may still have to come. */
  atEnd?(site: Site): Promise<void>;
  /** When all has settled: what of the ordeal itself went wrong. */
  after(site: Site): readonly string[];
  /** What the oracle says that this ordeal explains; none unless said. */
  excuses?(site: Site, violation: string): boolean;
}

export const none: Ordeal = { before: () => undefined, after: () => [] };
