/** Both products in memory: what is unique, what is pulled along, what a delete takes, and who did what when. */
import { fieldsOf, type Field, type Fields, type Kind, type Side } from '../../../src/domain/record';
import { Manners, without } from './manners';
import { field, keyOfRow, text, texts, users, type Actor, type Change, type Row } from './rows';

/** A write that the product does not take. */
export class Refusal extends Error {
  constructor(readonly why: 'taken' | 'invalid' | 'gone') {
    super(why);
  }
}

const most = 3;

export class Products {
  readonly changes: Change[] = [];
  readonly manners = new Manners();
  /** Desk's customers that users made one: who is left, and who is gone for good. */
  readonly merges: { readonly primary: string; readonly secondary: Row }[] = [];
  private readonly rows = new Map<string, Row>();
  private readonly versions = new Map<string, { readonly at: number; readonly row: Row }[]>();
  private ids = 100;

  constructor(private readonly clock: () => number) {}

  get(side: Side, kind: Kind, id: string): Row | undefined {
    return this.rows.get(keyOfRow({ side, kind, id }));
  }

  /** As it was at that time, or as it is where it did not change since. */
  getAsOf(row: Row, at: number): Row | undefined {
    return this.versions.get(keyOfRow(row))?.findLast((version) => version.at <= at)?.row;
  }

  live(side: Side, kind: Kind): Row[] {
    return [...this.rows.values()].filter((row) => row.side === side && row.kind === kind && !row.deleted);
  }

  all(): Row[] {
    return [...this.rows.values()];
  }

  create(
    actor: Actor,
    side: Side,
    kind: Kind,
    given: Fields,
    more: Partial<Pick<Row, 'scope' | 'signsIn' | 'domains'>> = {},
  ): Row {
    const fields = this.kept(side, kind, { ...blank(kind), ...given });
    this.check(side, kind, fields, null);
    const at = this.stamp();
    const by = actor === 'engine' ? users[side] : '5';
    const row: Row = {
      side,
      kind,
      id: String(++this.ids),
      fields: { ...fields, ...this.matched(side, kind, fields) },
      scope: 'client',
      signsIn: false,
      domains: [],
      deleted: false,
      createdAt: at,
      updatedAt: at,
      createdBy: by,
      updatedBy: by,
      ...more,
    };
    this.put(actor, 'create', null, row, given);
    return row;
  }

  update(actor: Actor, row: Row, given: Fields): Row {
    const now = this.rows.get(keyOfRow(row));
    if (now === undefined || now.deleted) throw new Refusal('gone');
    // An answer that shows neither the value from before nor the one sent tells of the product's own form (R13), so what
    // users edit is ignored no more: no answer tells an edit just before a write from what was made of the write.
    if (actor !== 'engine') this.manners.take(row, given);
    const ignored = actor === 'engine' ? this.manners.ignoredOf(row, given) : [];
    const kept = this.kept(row.side, row.kind, without(given, ignored));
    const fields = withoutOwn({ ...now.fields, ...kept });
    this.check(row.side, row.kind, fields, now);
    const matched = given.email === undefined ? {} : this.matched(row.side, row.kind, fields);
    const by = actor === 'engine' ? users[row.side] : '5';
    const after = { ...now, fields: { ...fields, ...matched }, updatedAt: this.stamp(), updatedBy: by };
    this.put(actor, 'update', now, after, given, ignored);
    return after;
  }

  /** A company of Teamwork.com takes its people along; one of Desk lets them go. Desk's time of change does not move. */
  delete(actor: Actor, row: Row): void {
    const now = this.rows.get(keyOfRow(row));
    if (now === undefined || now.deleted) return;
    const updatedAt = row.side === 'desk' ? now.updatedAt : this.stamp();
    this.put(actor, 'delete', now, { ...now, deleted: true, updatedAt }, {});
    if (row.kind !== 'company') return;
    for (const person of this.live(row.side, 'customer')) {
      if (field(person, 'company') !== row.id) continue;
      if (row.side === 'teamwork') this.delete('vendor', person);
      else this.update('vendor', person, { company: '' });
    }
  }

  restore(row: Row): void {
    const now = this.rows.get(keyOfRow(row));
    if (now?.deleted !== true) return;
    this.check(row.side, row.kind, now.fields, now);
    this.put('user', 'restore', now, { ...now, deleted: false, updatedAt: this.stamp() }, {});
  }

  /** The secondary is gone for good; its emails live on as alternatives of the primary. */
  merge(primary: Row, secondary: Row): void {
    this.merges.push({ primary: primary.id, secondary });
    this.delete('user', secondary);
    const emails = [...texts(primary.fields.alternativeEmails), ...emailsOf(secondary)].slice(0, most);
    this.update('vendor', primary, { alternativeEmails: emails });
  }

  /** Values are gone that nobody took away, as after an import that failed; no time tells of it. Answers whose they were. */
  loseField(rows: readonly Row[], name: Field): readonly Row[] {
    for (const row of rows) this.put('vendor', 'update', row, withField(row, name, ''), { [name]: '' });
    return rows;
  }

  /** They are there again, where nobody wrote another one. */
  findField(rows: readonly Row[], name: Field): void {
    for (const row of rows) {
      const now = this.rows.get(keyOfRow(row));
      if (now === undefined || now.deleted || field(now, name) !== '') continue;
      const value = field(row, name);
      this.put('vendor', 'update', now, withField(now, name, value), { [name]: value });
    }
  }

  /** Who matches comes in, and a domain that goes takes along who came by it. */
  setDomains(company: Row, domains: readonly string[]): void {
    const now = this.rows.get(keyOfRow(company)) ?? company;
    this.put('user', 'update', now, { ...now, domains, updatedAt: this.stamp() }, {});
    const dropped = now.domains.filter((domain) => !domains.includes(domain));
    for (const customer of this.live('desk', 'customer')) {
      if (field(customer, 'company') === now.id && dropped.includes(domainOf(field(customer, 'email'))))
        this.update('vendor', customer, { company: '' });
    }
    for (const customer of this.live('desk', 'customer')) {
      if (field(customer, 'company') === '' && domains.includes(domainOf(field(customer, 'email')))) {
        this.update('vendor', customer, { company: company.id });
      }
    }
  }

  private kept(side: Side, kind: Kind, given: Fields): Fields {
    if (side === 'teamwork' && texts(given.alternativeEmails).length > most) throw new Refusal('invalid');
    return this.manners.kept(side, kind, given);
  }

  private check(side: Side, kind: Kind, fields: Fields, own: Row | null): void {
    const others = this.live(side, kind).filter((row) => row.id !== own?.id);
    if (kind === 'company') {
      const name = text(fields.name).trim().toLowerCase();
      if (name === '') throw new Refusal('invalid');
      if (others.some((row) => field(row, 'name').trim().toLowerCase() === name)) throw new Refusal('taken');
      return;
    }
    if (text(fields.email).trim() === '') throw new Refusal('invalid');
    const company = text(fields.company);
    if (
      company !== own?.fields.company &&
      company !== '' &&
      this.get(side, 'company', company)?.deleted !== false
    ) {
      throw new Refusal('invalid');
    }
    if (side === 'teamwork' && (text(fields.lastName) === '' || text(fields.company) === '')) {
      throw new Refusal('invalid');
    }
    // Teamwork.com looks at primary emails alone, Desk at all of a customer's.
    const mine = side === 'desk' ? emailsOf({ fields }) : [text(fields.email)];
    const theirs = others.flatMap((row) => (side === 'desk' ? emailsOf(row) : [field(row, 'email')]));
    const taken = new Set(theirs.map(lower));
    if (mine.some((email) => taken.has(lower(email)))) throw new Refusal('taken');
  }

  /** Desk puts a customer without a company into the one whose domain its email has. */
  private matched(side: Side, kind: Kind, fields: Fields): Fields {
    if (side !== 'desk' || kind !== 'customer' || text(fields.company) !== '') return {};
    const domain = domainOf(text(fields.email));
    const company = this.live('desk', 'company').find(({ domains }) => domains.includes(domain));
    return company === undefined ? {} : { company: company.id };
  }

  private put(
    actor: Actor,
    what: Change['what'],
    before: Row | null,
    after: Row,
    sent: Fields,
    ignored: readonly Field[] = [],
  ): void {
    const key = keyOfRow(after);
    this.rows.set(key, after);
    const version = { at: this.clock(), row: after };
    this.versions.set(key, [...(this.versions.get(key) ?? []), version]);
    this.changes.push({ at: this.clock(), actor, what, before, after, sent, ignored });
  }

  /** Whole seconds. */
  private stamp(): string {
    return `${new Date(this.clock()).toISOString().slice(0, 19)}Z`;
  }
}

function blank(kind: Kind): Fields {
  return Object.fromEntries(fieldsOf[kind].map((name) => [name, name === 'alternativeEmails' ? [] : '']));
}

export function emailsOf({ fields }: Pick<Row, 'fields'>): string[] {
  return [text(fields.email), ...texts(fields.alternativeEmails)].filter((email) => email !== '');
}

function lower(email: string): string {
  return email.trim().toLowerCase();
}

export function domainOf(email: string): string {
  return lower(email).split('@')[1] ?? '';
}

function withField(row: Row, name: Field, value: string): Row {
  return { ...row, fields: { ...row.fields, [name]: value } };
}

/** An email that becomes the main one is no alternative any more. */
function withoutOwn(fields: Fields): Fields {
  const alternatives = texts(fields.alternativeEmails);
  const others = alternatives.filter((email) => lower(email) !== lower(text(fields.email)));
  return others.length === alternatives.length ? fields : { ...fields, alternativeEmails: others };
}
