/** Whether what answers is the account first seen (R29). */
import { ApiError } from './domain/errors';
import type { Observation } from './domain/record';
import type { DeskPin } from './ports/sites';

/** True when any of these records is there, made at the same time. Throws the `ApiError` of a read that proves nothing. */
export async function holdsAnyPin(
  pins: readonly DeskPin[],
  read: (pin: DeskPin) => Promise<Pick<Observation, 'createdAt'>>,
): Promise<boolean> {
  for (const pin of pins) {
    try {
      const { createdAt } = await read(pin);
      if (createdAt !== null && Date.parse(createdAt) === Date.parse(pin.createdAt)) return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'gone') throw error;
    }
  }
  return false;
}

/** Times of one record may be told more or less exactly by different calls. */
const toldApartMs = 2_000;

/** A record is made once: one that was made at another time only has the id of the one that is known. */
export function isOther(
  known: Pick<Observation, 'createdAt'> | null,
  { createdAt }: Pick<Observation, 'createdAt'>,
): boolean {
  const before = known?.createdAt ?? null;
  return (
    before !== null &&
    createdAt !== null &&
    Math.abs(Date.parse(before) - Date.parse(createdAt)) >= toldApartMs
  );
}
