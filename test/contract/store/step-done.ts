/** What the engine tells of a write that was read back as sent. */
import type { Fields, Kind, Side } from '../../../src/domain/record';
import type { StepDone } from '../../../src/ports/links';
import { observed } from '../../support/store-world';

export function done(
  side: Side,
  kind: Kind,
  id: string,
  fields: Fields,
  more: Partial<StepDone> = {},
): StepDone {
  return {
    id,
    observation: observed(side, kind, id, fields),
    base: fields,
    notes: [],
    ignored: [],
    decideAgain: false,
    adopted: false,
    ...more,
  };
}
