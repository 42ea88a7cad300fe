/** A user of each product at work through the vendors' public APIs, and what of their work must be found in the end. */
import { otherSide, type Kind, type Side } from '../../src/domain/record';
import { Random } from '../simulation/random';
import type { SandboxControls } from './sandbox-controls';
import { truthOf, type Truth, type TruthRow } from './truth';
import { vendorUsers } from './vendor-users';

interface Pair {
  readonly kind: Kind;
  /** Null: the engine is to make it. */
  readonly ids: Record<Side, number | null>;
  company: Pair | null;
  /** What each side's user wrote last, by field; nothing for a field that was never touched. */
  readonly written: Record<Side, Record<string, string>>;
  deletedOn: Side | null;
}

/** The fields that users edit; others follow from what they make. */
const edited = { company: ['name', 'website'], customer: ['firstName', 'lastName'] } as const;

export class TwoUsers {
  private readonly random: Random;
  private readonly pairs: Pair[] = [];
  private readonly users: ReturnType<typeof vendorUsers>;
  private made = 0;

  private constructor(
    private readonly sandbox: SandboxControls,
    seed: number,
  ) {
    this.random = new Random(seed);
    this.users = vendorUsers(sandbox);
  }

  /** Over a data set whose two sides agree: companies by name, people by email. */
  static async over(sandbox: SandboxControls, seed: number): Promise<TwoUsers> {
    const users = new TwoUsers(sandbox, seed);
    const truth = await truthOf(sandbox);
    const pairUp = (kind: Kind, key: (row: TruthRow) => string | undefined) => {
      const desk = new Map(truth.desk[kind].map((row) => [key(row), row]));
      for (const row of truth.teamwork[kind]) {
        const counterpart = desk.get(key(row));
        if (counterpart === undefined) continue;
        const company = users.pairs.find((pair) => pair.ids.teamwork === row.companyId) ?? null;
        if (kind === 'customer' && company === null) continue;
        users.pairs.push(pairOf(kind, { teamwork: row.id, desk: counterpart.id }, company));
      }
    };
    pairUp('company', ({ name }) => name);
    pairUp('customer', ({ email }) => email);
    return users;
  }

  /** One thing that a user does. */
  async act(): Promise<void> {
    const dice = this.random.below(100);
    if (dice < 70) await this.edit();
    else if (dice < 80) await this.createPerson(this.aPair('company'));
    else if (dice < 84) await this.createClient();
    else if (dice < 94) await this.move();
    else await this.delete();
  }

  /** In sentences, what of all this is not so by now; nothing when both sides hold what they must. */
  async wrongs(): Promise<readonly string[]> {
    const truth = await truthOf(this.sandbox);
    const wrongs: string[] = [];
    for (const pair of this.pairs) this.adopt(pair, truth, wrongs);
    for (const pair of this.pairs) this.judge(pair, truth, wrongs);
    return wrongs;
  }

  private aPair(kind: Kind): Pair | undefined {
    return this.random.pick(
      this.pairs.filter(
        (pair) => pair.kind === kind && isAlive(pair) && pair.ids.teamwork !== null && pair.ids.desk !== null,
      ),
    );
  }

  private async edit(): Promise<void> {
    // Few enough of each field for R26 to take them for users at work.
    const kind = this.random.chance(0.85) ? 'customer' : 'company';
    const pair = this.aPair(kind);
    const side = this.random.chance(0.5) ? 'teamwork' : 'desk';
    const field = this.random.pick(edited[kind]);
    const id = pair?.ids[side] ?? null;
    if (pair === undefined || field === undefined || id === null) return;
    const value = field === 'website' ? `site-${this.made++}.test` : `Word ${this.made++}`;
    await this.users.edit(side, kind, id, { [field]: value });
    pair.written[side][field] = value;
  }

  private async createPerson(company: Pair | undefined): Promise<void> {
    if (company === undefined) return;
    const number = this.made++;
    const written = { firstName: 'New', lastName: `Person ${number}`, email: `new-${number}@people.test` };
    const values = { ...written, company: String(company.ids.teamwork) };
    const id = await this.users.create('teamwork', 'customer', values);
    const pair = pairOf('customer', { teamwork: id, desk: null }, company);
    Object.assign(pair.written.teamwork, written);
    this.pairs.push(pair);
  }

  private async createClient(): Promise<void> {
    const name = `Client number ${this.made++}`;
    const id = await this.users.create('teamwork', 'company', { name });
    const pair = pairOf('company', { teamwork: id, desk: null }, null);
    pair.written.teamwork.name = name;
    this.pairs.push(pair);
    await this.createPerson(pair);
  }

  private async move(): Promise<void> {
    const [person, company] = [this.aPair('customer'), this.aPair('company')];
    const id = person?.ids.teamwork ?? null;
    if (person === undefined || id === null || company === undefined) return;
    await this.users.edit('teamwork', 'customer', id, {
      company: String(company.ids.teamwork),
    });
    person.company = company;
  }

  private async delete(): Promise<void> {
    const kind = this.random.chance(0.8) ? 'customer' : 'company';
    const side = this.random.chance(0.5) ? 'teamwork' : 'desk';
    const pair = this.aPair(kind);
    const id = pair?.ids[side] ?? null;
    if (pair === undefined || id === null) return;
    await this.users.remove(side, kind, id);
    pair.deletedOn = side;
  }

  /** A counterpart that the engine has made by now. */
  private adopt(pair: Pair, truth: Truth, wrongs: string[]): void {
    if (!isAlive(pair) || pair.ids.desk !== null) return;
    const { name, email } = pair.written.teamwork;
    const made = truth.desk[pair.kind].filter((row) =>
      pair.kind === 'company' ? row.name === name : row.email === email,
    );
    if (made.length === 1) pair.ids.desk = made[0]?.id ?? null;
    else wrongs.push(`${told(pair)} has ${made.length} counterparts in Desk`);
  }

  private judge(pair: Pair, truth: Truth, wrongs: string[]): void {
    const rowOn = (side: Side) => truth[side][pair.kind].find(({ id }) => id === pair.ids[side]);
    const rows = { teamwork: rowOn('teamwork'), desk: rowOn('desk') };
    if (pair.deletedOn !== null) {
      if (rows[pair.deletedOn] !== undefined) wrongs.push(`${told(pair)} is back on ${pair.deletedOn}`);
      if (rows[otherSide(pair.deletedOn)] === undefined)
        wrongs.push(`${told(pair)} is gone on the other side too`);
      return;
    }
    // People of a deleted company are suspended, or deleted with it (R25).
    if (!isAlive(pair) || pair.ids.desk === null) return;
    if (rows.teamwork === undefined || rows.desk === undefined) {
      wrongs.push(`${told(pair)} is no pair any more`);
      return;
    }
    for (const field of edited[pair.kind]) {
      const [here, there] = [rows.teamwork[field] ?? '', rows.desk[field] ?? ''];
      if (here !== there) wrongs.push(`${told(pair)} differs in ${field}: ${here} and ${there}`);
      const last = [pair.written.teamwork[field], pair.written.desk[field]].filter(
        (value) => value !== undefined,
      );
      if (last.length > 0 && !last.includes(here))
        wrongs.push(`${told(pair)} lost its ${field} ${last.join(' and ')}`);
    }
    if (pair.company !== null && isAlive(pair.company) && rows.desk.companyId !== undefined) {
      if (rows.desk.companyId !== pair.company.ids.desk)
        wrongs.push(`${told(pair)} is in another company in Desk`);
    }
  }
}

function pairOf(kind: Kind, ids: Record<Side, number | null>, company: Pair | null): Pair {
  return { kind, ids, company, written: { teamwork: {}, desk: {} }, deletedOn: null };
}

function isAlive(pair: Pair): boolean {
  return pair.deletedOn === null && (pair.company?.deletedOn ?? null) === null;
}

function told({ kind, ids }: Pair): string {
  return `${kind} ${ids.teamwork ?? '?'}/${ids.desk ?? '?'}`;
}
