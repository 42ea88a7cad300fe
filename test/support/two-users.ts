/** A user of each product at work through the vendors' public APIs, and what of their work must be found in the end. */
import { otherSide, type Kind, type Side } from '../../src/domain/record';
import { Random } from '../simulation/random';
import type { SandboxControls } from './sandbox-controls';
import { truthOf, type Truth, type TruthRow } from './truth';

type Values = Readonly<Record<string, string>>;

interface Pair {
  readonly kind: Kind;
  /** Null: the engine is to make it. */
  readonly ids: Record<Side, number | null>;
  company: Pair | null;
  /** What each side's user wrote last, by field; nothing for a field that was never touched. */
  readonly written: Record<Side, Record<string, string>>;
  deletedOn: Side | null;
}

/** By side and kind: where a record is written, in which envelope, and each field's name there. */
const forms = {
  teamwork: {
    company: {
      path: '/projects/api/v3/companies',
      method: 'PATCH',
      envelope: 'company',
      fields: companyFields(),
    },
    customer: {
      path: '/people',
      method: 'PUT',
      envelope: 'person',
      fields: { firstName: 'first-name', lastName: 'last-name' },
    },
  },
  desk: {
    company: {
      path: '/desk/api/v2/companies',
      method: 'PATCH',
      envelope: 'company',
      fields: companyFields(),
    },
    customer: {
      path: '/desk/api/v2/customers',
      method: 'PATCH',
      envelope: 'customer',
      fields: { firstName: 'firstName', lastName: 'lastName' },
    },
  },
} as const;
const deletePath: Readonly<Record<Side, Readonly<Record<Kind, string>>>> = {
  teamwork: { company: forms.teamwork.company.path, customer: '/projects/api/v3/people' },
  desk: { company: forms.desk.company.path, customer: forms.desk.customer.path },
};

function companyFields() {
  return { name: 'name', website: 'website' } as const;
}

export class TwoUsers {
  private readonly random: Random;
  private readonly pairs: Pair[] = [];
  private made = 0;

  private constructor(
    private readonly sandbox: SandboxControls,
    seed: number,
  ) {
    this.random = new Random(seed);
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
    const form = forms[side][kind];
    const field = this.random.pick(Object.keys(form.fields));
    if (pair === undefined || field === undefined) return;
    const value = field === 'website' ? `site-${this.made++}.test` : `Word ${this.made++}`;
    await this.write(pair, side, { [field]: value });
  }

  private async write(pair: Pair, side: Side, values: Values): Promise<void> {
    const { path, method, envelope, fields } = forms[side][pair.kind];
    const names: Readonly<Record<string, string>> = fields;
    const body = Object.fromEntries(
      Object.entries(values).map(([field, value]) => [names[field] ?? field, value]),
    );
    await this.sandbox.asUser(method, `${path}/${pair.ids[side]}.json`, { [envelope]: body });
    Object.assign(pair.written[side], values);
  }

  private async createPerson(company: Pair | undefined): Promise<void> {
    if (company === undefined) return;
    const number = this.made++;
    const written = { firstName: 'New', lastName: `Person ${number}`, email: `new-${number}@people.test` };
    const id = await this.create('/people.json', {
      person: {
        'first-name': written.firstName,
        'last-name': written.lastName,
        'email-address': written.email,
        'company-id': company.ids.teamwork,
        'user-type': 'contact',
      },
    });
    const pair = pairOf('customer', { teamwork: id, desk: null }, company);
    Object.assign(pair.written.teamwork, written);
    this.pairs.push(pair);
  }

  private async createClient(): Promise<void> {
    const name = `Client number ${this.made++}`;
    const id = await this.create('/projects/api/v3/companies.json', { company: { name } });
    const pair = pairOf('company', { teamwork: id, desk: null }, null);
    pair.written.teamwork.name = name;
    this.pairs.push(pair);
    await this.createPerson(pair);
  }

  private async create(path: string, body: object): Promise<number> {
    return Number(/"id":"?(\d+)/.exec(JSON.stringify(await this.sandbox.asUser('POST', path, body)))?.[1]);
  }

  private async move(): Promise<void> {
    const [person, company] = [this.aPair('customer'), this.aPair('company')];
    if (person === undefined || company === undefined) return;
    await this.sandbox.asUser('PUT', `/people/${person.ids.teamwork}.json`, {
      person: { 'company-id': company.ids.teamwork },
    });
    person.company = company;
  }

  private async delete(): Promise<void> {
    const kind = this.random.chance(0.8) ? 'customer' : 'company';
    const side = this.random.chance(0.5) ? 'teamwork' : 'desk';
    const pair = this.aPair(kind);
    if (pair === undefined) return;
    await this.sandbox.asUser('DELETE', `${deletePath[side][kind]}/${pair.ids[side]}.json`);
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
    for (const field of Object.keys(forms.desk[pair.kind].fields) as readonly ('name' | 'firstName')[]) {
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
