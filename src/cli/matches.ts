/** Which links a `<record>` names (DESIGN §5). */
import type { LinkRow } from '../ports/reads';
import { CommandFailure, exitCode } from './failures';
import type { StoreParts } from '../engine-parts';

export const recordForms = 'a name, an email, teamwork:<id>, desk:<id>, a bare id or a link number';

/** All of them; throws when there is none. */
export async function linksNamed(
  reads: StoreParts['reads'],
  site: string,
  record: string,
): Promise<readonly LinkRow[]> {
  const rows = await reads.resolve(site, record);
  if (rows.length > 0) return rows;
  throw new CommandFailure(
    exitCode.no,
    `No record here goes by that: give ${recordForms}. One made since the last survey is not known yet; \`sync start\` reads both sides.`,
    { matches: [] },
  );
}
