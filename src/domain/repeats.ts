/** R33: records that somebody else's sync carries across: what one side does, the other repeats within seconds. */
import { canonicalEmail, isBlank, sameValue } from './canonical';
import { companyNameKey } from './company-name';
import { fieldsOf, type Observation } from './record';

/** Nobody makes or edits the same record twice by hand within this. */
const withinMs = 10_000;

/** One record of each side, and the authors of what the later one repeats. */
export interface Repeated {
  readonly pair: readonly [Observation, Observation];
  readonly authors: readonly (string | null)[];
}

/** Records of Teamwork.com and of Desk that show the same and were made, or edited, within seconds of each other. */
export function repeatedRecords(
  teamwork: readonly Observation[],
  desk: readonly Observation[],
): readonly Repeated[] {
  const counterparts = byIdentity(desk);
  return teamwork.flatMap((one) => {
    const other = counterparts.get(identityOf(one));
    if (other === undefined || !showsSame(one, other)) return [];
    const pair = [one, other] as const;
    const edited = pair.map(({ createdAt, updatedAt }) => (updatedAt === createdAt ? null : updatedAt));
    if (areClose(edited)) return [{ pair, authors: pair.map(({ updatedBy }) => updatedBy) }];
    const isMade = areClose(pair.map(({ createdAt }) => createdAt));
    return isMade ? [{ pair, authors: pair.map(({ createdBy }) => createdBy) }] : [];
  });
}

function areClose(times: readonly (string | null)[]): boolean {
  const [one = NaN, other = NaN] = times.map((time) => Date.parse(time ?? ''));
  return Math.abs(one - other) <= withinMs;
}

/** Ids and pictures differ by nature; a field that one side was not read for tells nothing. */
function showsSame(one: Observation, other: Observation): boolean {
  return fieldsOf[one.kind].every((field) => {
    const [here, there] = [one.fields[field], other.fields[field]];
    const isComparable =
      field !== 'company' && field !== 'avatar' && here !== undefined && there !== undefined;
    return !isComparable || sameValue(field, here, there);
  });
}

/** Records by whom they show; two of one identity are left out, for either might be meant. */
function byIdentity(records: readonly Observation[]): ReadonlyMap<string, Observation> {
  const found = new Map<string, Observation | null>();
  for (const record of records) {
    const identity = identityOf(record);
    found.set(identity, found.has(identity) ? null : record);
  }
  found.delete('');
  return new Map([...found].flatMap(([identity, record]) => (record === null ? [] : [[identity, record]])));
}

function identityOf({ kind, fields }: Observation): string {
  const value = String((kind === 'company' ? fields.name : fields.email) ?? '');
  if (isBlank(value)) return '';
  return `${kind} ${kind === 'company' ? companyNameKey(value) : canonicalEmail(value)}`;
}
