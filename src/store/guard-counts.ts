/** How many changes of each sort passed in the last 24 hours, and whether another may (R26). */
import { sql } from 'kysely';
import { allowance, holdMassChange, linksForRoom } from '../domain/guard';
import type { Kind } from '../domain/record';
import type { Proposal } from './guard';
import { jsonb } from './storable';
import type { Tx } from './transaction';

/** For one transaction that holds the guard's lock. */
export class GuardCounts {
  private readonly passed = new Map<string, number>();
  private counted: { readonly links: number; readonly upTo: number } | null = null;

  constructor(
    private readonly tx: Tx,
    private readonly site: string,
    private readonly kind: Kind,
  ) {}

  /** A record whose same field changes again within the day is the same one record. */
  async hasRoom(proposal: Proposal): Promise<boolean> {
    const passed = await this.passedOf(proposal);
    if (await this.isCounted(proposal)) return true;
    const { change } = proposal;
    // Below the least allowance nobody need count the links.
    const few = change !== 'break' && passed < allowance(change, 0, passed);
    const activeLinks = few ? 0 : await this.countLinks(linksForRoom(change, passed));
    return holdMassChange({ change, activeLinks, passed, proposed: [proposal] }).passes.length > 0;
  }

  async add(proposals: readonly Proposal[]): Promise<void> {
    if (proposals.length === 0) return;
    const { rows } = await sql<{ change: Proposal['change']; field: string; fresh: boolean }>`
      insert into guarded_changes as g (site, kind, change, field, link)
      select ${this.site}, ${this.kind}, p.change, p.field, p.link
      from jsonb_to_recordset(${jsonb(proposals)}) as p(change text, field text, link bigint)
      on conflict (link, site, change, field) do update set at = clock_timestamp()
      returning g.change, g.field, g.xmax = 0 as fresh`.execute(this.tx);
    for (const row of rows.filter(({ fresh }) => fresh)) {
      this.passed.set(keyOf(row), (this.passed.get(keyOf(row)) ?? 0) + 1);
    }
    if (proposals.some(({ change }) => change === 'break')) this.counted = null;
  }

  private async passedOf(proposal: Proposal): Promise<number> {
    const known = this.passed.get(keyOf(proposal));
    if (known !== undefined) return known;
    const same = sql`
      site = ${this.site} and kind = ${this.kind} and change = ${proposal.change} and field = ${proposal.field}`;
    await sql`delete from guarded_changes where ${same} and at <= clock_timestamp() - interval '24 hours'`.execute(
      this.tx,
    );
    const { rows } = await sql<{ passed: number }>`
      select count(*) as passed from guarded_changes where ${same}`.execute(this.tx);
    const passed = rows[0]?.passed ?? 0;
    this.passed.set(keyOf(proposal), passed);
    return passed;
  }

  private async isCounted({ link, change, field }: Proposal): Promise<boolean> {
    const { rows } = await sql`
      select from guarded_changes
      where link = ${link} and site = ${this.site} and change = ${change} and field = ${field}`.execute(
      this.tx,
    );
    return rows.length > 0;
  }

  /** All active links, or as many as are enough: an edit of a large site must not wait until they are counted. */
  private async countLinks(enough: number): Promise<number> {
    const { counted } = this;
    if (counted !== null && (counted.links < counted.upTo || counted.upTo >= enough)) return counted.links;
    // Some more, for the next of a page.
    const upTo = 2 * enough;
    const { rows } = await sql<{ links: number }>`
      select count(*) as links from (select from links
        where site = ${this.site} and kind = ${this.kind} and phase = 'active' limit ${upTo}) l`.execute(
      this.tx,
    );
    const links = rows[0]?.links ?? 0;
    this.counted = { links, upTo };
    return links;
  }
}

function keyOf({ change, field }: Pick<Proposal, 'change' | 'field'>): string {
  return `${change} ${field}`;
}
