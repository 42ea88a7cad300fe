/** Users of one site, who edit, make, move and delete records in both products at random, whatever befalls their calls. */
import { setTimeout as sleep } from 'node:timers/promises';
import { otherSide, sides, type Field, type Fields, type Kind, type Side } from '../../src/domain/record';
import type { Random } from '../../test/simulation/random';
import type { SandboxControls } from '../../test/support/sandbox-controls';
import { vendorUsers } from '../../test/support/vendor-users';

/** A record that users know, and its counterpart where they know that, too. */
export interface Known {
  readonly kind: Kind;
  readonly ids: Readonly<Partial<Record<Side, number>>>;
}

const editable: Readonly<Record<Kind, readonly Field[]>> = {
  company: ['website', 'email', 'website', 'name'],
  customer: ['firstName', 'lastName', 'twitter', 'linkedin', 'facebook', 'email'],
};
const mostTries = 30;

export class Users {
  acts = 0;
  private readonly at: ReturnType<typeof vendorUsers>;
  private number = 0;

  constructor(
    private readonly site: string,
    sandbox: SandboxControls,
    private readonly random: Random,
    private readonly known: Known[],
  ) {
    this.at = vendorUsers(sandbox);
  }

  async act(): Promise<void> {
    const chance = this.random.below(100);
    if (chance < 80) await this.edit();
    else if (chance < 88) await this.editBoth();
    else if (chance < 93) await this.create();
    else if (chance < 97) await this.move();
    else await this.remove();
    this.acts++;
  }

  private async edit(): Promise<void> {
    const one = this.pick(this.random.chance(0.2) ? 'company' : 'customer');
    if (one === undefined) return;
    const side = this.sideOf(one);
    await this.insist(() => this.at.edit(side, one.kind, one.ids[side] ?? 0, this.valueOf(one.kind)));
  }

  /** The same record on both sides at once, which may be the same field. */
  private async editBoth(): Promise<void> {
    const one = this.random.pick(this.known.filter(({ ids }) => sides.every((side) => side in ids)));
    if (one === undefined) return;
    await Promise.all(
      sides.map((side) => {
        const values = this.valueOf(one.kind);
        return this.insist(() => this.at.edit(side, one.kind, one.ids[side] ?? 0, values));
      }),
    );
  }

  private async create(): Promise<void> {
    const n = ++this.number;
    if (this.random.chance(0.25)) {
      const values = { name: `Soaked ${this.site} ${n}`, website: `https://soaked${n}.${this.site}.test` };
      const id = await this.insist(() => this.at.create('teamwork', 'company', values));
      if (id !== null) this.known.push({ kind: 'company', ids: { teamwork: id } });
      return;
    }
    const company = this.pick('company');
    if (company === undefined) return;
    const side = this.sideOf(company);
    const values = {
      firstName: `Ann ${n}`,
      lastName: `Soaked ${n}`,
      email: `made${n}@${this.site}.test`,
      company: String(company.ids[side]),
    };
    const id = await this.insist(() => this.at.create(side, 'customer', values));
    if (id !== null) this.known.push({ kind: 'customer', ids: { [side]: id } });
  }

  private async move(): Promise<void> {
    const [one, company] = [this.pick('customer'), this.pick('company')];
    const side = one === undefined ? 'desk' : this.sideOf(one);
    const [id, to] = [one?.ids[side], company?.ids[side]];
    if (id === undefined || to === undefined) return;
    await this.insist(() => this.at.edit(side, 'customer', id, { company: String(to) }));
  }

  /** Seldom a company: its people go with it, or stand alone. */
  private async remove(): Promise<void> {
    const one = this.pick(this.random.chance(0.05) ? 'company' : 'customer');
    if (one === undefined) return;
    const side = this.sideOf(one);
    await this.insist(() => this.at.remove(side, one.kind, one.ids[side] ?? 0));
    this.known.splice(this.known.indexOf(one), 1);
    const { [side]: _, ...rest } = one.ids;
    if (otherSide(side) in rest) this.known.push({ kind: one.kind, ids: rest });
  }

  private pick(kind: Kind): Known | undefined {
    return this.random.pick(this.known.filter((one) => one.kind === kind));
  }

  private sideOf({ ids }: Known): Side {
    return this.random.pick(sides.filter((side) => side in ids)) ?? 'teamwork';
  }

  private valueOf(kind: Kind): Fields {
    const field = this.random.pick(editable[kind]) ?? 'website';
    const n = ++this.number;
    if (field === 'email') return { email: `mail${n}@${this.site}.test` };
    if (field === 'website') return { website: `https://site${n}.${this.site}.test` };
    if (field === 'name') return { name: `Named ${this.site} ${n}` };
    if (field === 'firstName' || field === 'lastName') return { [field]: `${field} ${n}` };
    return { [field]: this.random.chance(0.1) ? '' : `${field}${n}` };
  }

  /** Their own calls meet the faults as well: they try again; null: the product does not take it, or has it by now. */
  private async insist<T>(call: () => Promise<T>): Promise<T | null> {
    for (let tries = 0; tries < mostTries; tries++) {
      try {
        return await call();
      } catch (error) {
        if (/answered 4(?!29)\d\d/.test(String(error))) return null;
        await sleep(100);
      }
    }
    return null;
  }
}
