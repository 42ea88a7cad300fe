/** Pairs what is each other's only candidate, by signals in order of strength; the outcome does not depend on any order. */
import type { Answer, Match, MatchGroup, MatchRecord, MatchResult, Signal } from './match';
import { otherSide, sides, type Side } from './record';

/** Records of the two sides that share a key are candidates for each other. */
interface SignalKeys {
  readonly keys: (record: MatchRecord) => readonly string[];
  readonly signal: Signal;
}

export interface MatchRules {
  /** An earlier round decides before a later one. The signals of one round may contradict each other. The last has them all. */
  readonly rounds: readonly (readonly SignalKeys[])[];
  /** What only one record of a side can be; '' is nothing. */
  readonly identity: (record: MatchRecord) => string;
  /** The identities that a record keeps from others. */
  readonly claims: (record: MatchRecord) => readonly string[];
  readonly mayPair: (teamwork: MatchRecord, desk: MatchRecord) => boolean;
}

export function matchByRounds(group: MatchGroup, rules: MatchRules): MatchResult {
  const found: Record<Side, Map<string, Match>> = { teamwork: new Map(), desk: new Map() };
  const { answers } = group;
  for (const [teamwork, desk] of answeredSame(group)) {
    found.teamwork.set(teamwork, { verdict: 'one', id: desk, by: 'answer' });
    found.desk.set(desk, { verdict: 'one', id: teamwork, by: 'answer' });
  }
  const undecided = (record: MatchRecord) => isFree(record) && !found[record.side].has(record.id);
  const rest = () => ({ teamwork: group.teamwork.filter(undecided), desk: group.desk.filter(undecided) });
  let open = rest();
  let candidates: Candidates | null = null;
  for (const signals of rules.rounds) {
    const round = [...signals, ...perhapsMade(answers)];
    candidates = new Candidates(open, round, answers);
    for (const one of open.teamwork) {
      const other = candidates.onlyOne(one);
      if (other === null || candidates.onlyOne(other) !== one) continue;
      const by = candidates.signalBetween(one, other);
      if (by === 'perhaps_made_by_us') continue;
      const allowed = rules.mayPair(one, other);
      found.teamwork.set(one.id, allowed ? { verdict: 'one', id: other.id, by } : apart(other));
      found.desk.set(other.id, allowed ? { verdict: 'one', id: one.id, by } : apart(one));
    }
    open = rest();
  }

  const holders = {
    teamwork: holdersOf(group.teamwork, found.teamwork, rules),
    desk: holdersOf(group.desk, found.desk, rules),
  };
  for (const side of sides) {
    for (const record of open[side]) {
      const holder = holders[otherSide(side)].get(rules.identity(record));
      const match = candidates?.question(record) ?? takenBy(holder);
      found[side].set(record.id, match);
    }
    for (const record of group[side]) if (!isFree(record)) found[side].set(record.id, { verdict: 'none' });
  }
  return found;
}

/**
 * R15: what a create whose answer was lost may have made is its counterpart if an operator says so, and nobody else's before
 * that: a signal for another contradicts it, in every round. It pairs nothing by itself.
 */
function perhapsMade(answers: readonly Answer[]): readonly SignalKeys[] {
  const asked = answers.filter(({ verdict }) => verdict === 'perhaps');
  if (asked.length === 0) return [];
  const keys = ({ side, id }: MatchRecord) =>
    asked.filter((pair) => pair[side] === id).map(({ teamwork, desk }) => `${teamwork} ${desk}`);
  return [{ keys, signal: 'perhaps_made_by_us' }];
}

/** An operator's word stands above every signal; a record that is no longer free is not taken from its link. */
function answeredSame(group: MatchGroup): readonly (readonly [string, string])[] {
  const free = (side: Side, id: string) => group[side].some((record) => record.id === id && isFree(record));
  return group.answers
    .filter(
      ({ verdict, teamwork, desk }) => verdict === 'same' && free('teamwork', teamwork) && free('desk', desk),
    )
    .map(({ teamwork, desk }) => [teamwork, desk] as const);
}

function isFree(record: MatchRecord): boolean {
  return record.heldBy === null && !record.outOfScope;
}

function apart(other: MatchRecord): Match {
  return { verdict: 'question', candidates: [other.id], reason: 'companies_not_linked_to_each_other' };
}

/** Who keeps an identity from others: records held, out of scope, or paired just now. The link's holder is named first. */
function holdersOf(
  records: readonly MatchRecord[],
  decided: ReadonlyMap<string, Match>,
  rules: MatchRules,
): ReadonlyMap<string, MatchRecord> {
  const holders = new Map<string, MatchRecord>();
  const rank = (record: MatchRecord) => (record.heldBy !== null ? 0 : record.outOfScope ? 1 : 2);
  for (const record of records) {
    if (isFree(record) && !decided.has(record.id)) continue;
    for (const claim of rules.claims(record)) {
      const holder = holders.get(claim);
      const before = holder === undefined ? -1 : rank(record) - rank(holder) || byId(record, holder);
      if (before < 0) holders.set(claim, record);
    }
  }
  return holders;
}

function takenBy(holder: MatchRecord | undefined): Match {
  if (holder === undefined) return { verdict: 'none' };
  return { verdict: 'taken', id: holder.id, heldBy: holder.heldBy, outOfScope: holder.outOfScope };
}

/** Ids are numbers written out, so the shorter one is the smaller. */
function byId(one: Pick<MatchRecord, 'id'>, other: Pick<MatchRecord, 'id'>): number {
  return one.id.length - other.id.length || (one.id < other.id ? -1 : 1);
}

type Doubt = 'ambiguous_match' | 'contradicting_match' | 'perhaps_made_by_us';

/** Records of one side with one key. */
interface Bucket {
  readonly number: number;
  readonly records: MatchRecord[];
}

/** Who shares which signal with whom in one round; by maps, since a group may hold thousands of one name. */
class Candidates {
  private readonly buckets: readonly Readonly<Record<Side, ReadonlyMap<string, Bucket>>>[];
  private readonly idsOfBuckets = new Map<string, readonly string[]>();
  /** By record, those whom an operator told apart from it. */
  private readonly apart = new Map<string, ReadonlySet<string>>();
  private bucketCount = 0;

  constructor(
    open: Pick<MatchGroup, Side>,
    private readonly round: readonly SignalKeys[],
    answers: readonly Answer[],
  ) {
    for (const { teamwork, desk, verdict } of answers) {
      if (verdict !== 'apart') continue;
      this.tellApart('teamwork', teamwork, desk);
      this.tellApart('desk', desk, teamwork);
    }
    this.buckets = round.map(({ keys }) => ({
      teamwork: this.bucketsBy(open.teamwork, keys),
      desk: this.bucketsBy(open.desk, keys),
    }));
  }

  /** The record's only candidate; null if it has none or several. */
  onlyOne(record: MatchRecord): MatchRecord | null {
    let only: MatchRecord | null = null;
    for (const bucket of this.bucketsOf(record)) {
      const [first, second] = this.notApart(record, bucket.records);
      if (second !== undefined || (only !== null && only !== first)) return null;
      only = first ?? null;
    }
    return only;
  }

  signalBetween(one: MatchRecord, other: MatchRecord): Signal {
    const index = this.round.findIndex((_, signal) =>
      this.bucketsOf(one, signal).some((bucket) => bucket.records.includes(other)),
    );
    const shared = this.round[index];
    if (shared === undefined)
      throw new Error('The two records share no signal: this is a fault of the matcher.');
    return shared.signal;
  }

  /** Null if nothing speaks for any record of the other side. */
  question(record: MatchRecord): Match | null {
    const candidates = this.idsFor(record, this.bucketsOf(record));
    if (candidates.length === 0) return null;
    const only = this.onlyOne(record);
    return { verdict: 'question', candidates, reason: this.doubt(only ?? record) };
  }

  private doubt(record: MatchRecord): Doubt {
    const bySignal = this.round
      .map(({ signal }, index) => ({ signal, ids: this.idsFor(record, this.bucketsOf(record, index)) }))
      .filter(({ ids }) => ids.length > 0);
    const [one, other] = bySignal;
    if (other === undefined)
      return one?.signal === 'perhaps_made_by_us' ? 'perhaps_made_by_us' : 'ambiguous_match';
    const inOne = new Set(one?.ids);
    return other.ids.some((id) => inOne.has(id)) ? 'ambiguous_match' : 'contradicting_match';
  }

  private bucketsOf(record: MatchRecord, signal?: number): readonly Bucket[] {
    const side = otherSide(record.side);
    return this.round.flatMap(({ keys }, index) => {
      if (signal !== undefined && signal !== index) return [];
      const found = keys(record).map((key) => this.buckets[index]?.[side].get(key));
      return found.filter((bucket) => bucket !== undefined);
    });
  }

  private tellApart(side: Side, id: string, other: string): void {
    const key = `${side} ${id}`;
    this.apart.set(key, new Set([...(this.apart.get(key) ?? []), other]));
  }

  private notApart(record: MatchRecord, others: readonly MatchRecord[]): readonly MatchRecord[] {
    const apart = this.apart.get(`${record.side} ${record.id}`);
    return apart === undefined ? others : others.filter(({ id }) => !apart.has(id));
  }

  private idsFor(record: MatchRecord, buckets: readonly Bucket[]): readonly string[] {
    const ids = this.idsOf(buckets);
    const apart = this.apart.get(`${record.side} ${record.id}`);
    return apart === undefined ? ids : ids.filter((id) => !apart.has(id));
  }

  /** Thousands may share the same buckets; they share one list, too. */
  private idsOf(buckets: readonly Bucket[]): readonly string[] {
    const distinct = [...new Set(buckets)].sort((one, other) => one.number - other.number);
    const key = distinct.map(({ number }) => number).join(' ');
    const records = () => [...new Set(distinct.flatMap((bucket) => bucket.records))].sort(byId);
    const ids = this.idsOfBuckets.get(key) ?? records().map(({ id }) => id);
    this.idsOfBuckets.set(key, ids);
    return ids;
  }

  private bucketsBy(records: readonly MatchRecord[], keys: SignalKeys['keys']): ReadonlyMap<string, Bucket> {
    const buckets = new Map<string, Bucket>();
    for (const record of records) {
      for (const key of new Set(keys(record))) {
        const bucket = buckets.get(key) ?? { number: this.bucketCount++, records: [] };
        bucket.records.push(record);
        buckets.set(key, bucket);
      }
    }
    return buckets;
  }
}
