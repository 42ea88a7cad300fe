/** What the store's contract suites are written with: a site of its own for each test, observations, decisions. */
import { randomBytes } from 'node:crypto';
import { nothingToDo } from '../../src/domain/plan-shapes';
import type { LinkView, Loser, Plan, Step } from '../../src/domain/plan';
import type { Field, Fields, Kind, Observation, Side } from '../../src/domain/record';
import type { Budget } from '../../src/ports/budget';
import type { OperationStore } from '../../src/ports/operations';
import type { Reads } from '../../src/ports/reads';
import type { NewSite } from '../../src/ports/sites';
import type { Store } from '../../src/ports/store';

export interface StoreUnderTest {
  readonly store: Store;
  readonly budget: Budget;
  readonly reads: Reads;
  readonly operations: OperationStore;
  close(): Promise<void>;
}

export interface StoreTimes {
  readonly settleMs?: number;
  readonly redispatchMs?: number;
  readonly hookSilenceMs?: number;
}

/** Opens the same stored data again and again, as several processes would. */
export type MakeStore = (times?: StoreTimes) => Promise<StoreUnderTest>;

export function aNewSite(more: Partial<NewSite> = {}): NewSite {
  const id = `site-${randomBytes(6).toString('hex')}`;
  return {
    id,
    url: `https://${id}.test`,
    credentials: { teamwork: 'teamwork-secret', desk: 'desk-secret' },
    deskCreatedAt: null,
    ownerCompanyId: '1',
    users: { teamwork: '900', desk: '901' },
    deskPins: [],
    adoptOnly: false,
    ...more,
  };
}

export function observed(
  side: Side,
  kind: Kind,
  id: string,
  fields: Fields,
  more: Partial<Observation> = {},
): Observation {
  return {
    side,
    kind,
    id,
    fields,
    scope: 'client',
    signsIn: false,
    domains: [],
    deleted: false,
    origin: 'unknown',
    createdAt: '2024-01-01T00:00:00Z',
    updatedAt: '2024-01-01T00:00:00Z',
    createdBy: null,
    updatedBy: null,
    readAt: new Date().toISOString(),
    ...more,
  };
}

export function company(side: Side, id: string, name: string, more: Partial<Observation> = {}): Observation {
  return observed(side, 'company', id, { name, website: '', email: '' }, more);
}

export function person(side: Side, id: string, email: string, fields: Fields = {}): Observation {
  const whole = { firstName: 'Ada', lastName: 'Byron', email, company: '', alternativeEmails: [], ...fields };
  return observed(side, 'customer', id, whole);
}

/** Decisions in the shapes that the planner makes. */
export const agreed: Plan = nothingToDo('agreed', 'in_sync', 'agreed');
export const alone: Plan = nothingToDo('absent_not_wanted', 'excluded', 'not_asked');
export const waiting: Plan = nothingToDo('parent_to_be_linked', 'waiting', 'company_not_yet_linked');

export function pairedWith(id: string, base: Fields = {}): Plan {
  return { ...agreed, situation: 'found', pairWith: id, agreed: { teamwork: base, desk: base } };
}

export function askedAbout(...candidates: readonly string[]): Plan {
  return { ...nothingToDo('ambiguous', 'question', 'ambiguous_match'), candidates };
}

export function writing(...steps: readonly Step[]): Plan {
  return { ...nothingToDo('changed_on_one_side', 'pending', 'changes_to_write'), steps };
}

export function creating(side: Side, values: Fields): Plan {
  return { ...writing({ side, action: 'create', values, sourceBase: values }), situation: 'absent_wanted' };
}

export function updating(side: Side, values: Fields): Step {
  return { side, action: 'update', values, sourceBase: values };
}

/** Desk's value of a field, which lost against Teamwork.com's. */
export function lostInDesk(field: Field, value: string, against: string, more: Partial<Loser> = {}): Loser {
  const how = { rule: 'policy', decidedBy: 'teamwork', changedAt: null } as const;
  return { field, side: 'desk', value, against, base: '', ...how, ...more };
}

export interface World extends StoreUnderTest {
  readonly site: string;
  readonly run: string;
  /** Reads a whole listing, as complete as the vendor's count says. */
  survey(side: Side, kind: Kind, records: readonly Observation[], run?: string): Promise<SurveyEnd>;
  /** Settles every undecided record of a side by `decide`. */
  settle(kind: Kind, side: Side, decide: (view: LinkView) => Plan): Promise<void>;
  undecided(kind: Kind, side: Side): Promise<readonly LinkView[]>;
  /** The view of the link that holds a record. */
  linkOf(kind: Kind, side: Side, id: string): Promise<LinkView>;
  /** Two records of that name, linked. Answers the link's number. */
  linkedCompany(name: string, ids: Readonly<Record<Side, string>>): Promise<number>;
  dueLinks(): Promise<readonly number[]>;
}

type SurveyEnd = Awaited<ReturnType<Store['endSurvey']>>;

export async function aWorld(opened: StoreUnderTest, more: Partial<NewSite> = {}): Promise<World> {
  const { store, reads } = opened;
  const created = aNewSite(more);
  const site = created.id;
  await store.addSite(created);
  const run = 'run-1';
  await store.startRun(site, run, 'sync');
  // Both sides are read, so that what is due to nobody's run may begin, too.
  await store.setRunPhase(site, run, 'companies');
  let surveys = 0;

  const world: World = {
    ...opened,
    site,
    run,
    async survey(side, kind, records, ofRun = `survey-${surveys++}`) {
      const survey = await store.beginSurvey(site, ofRun, side, kind);
      await store.recordPage(site, survey, {
        observations: records,
        next: null,
        total: records.length,
        unreadable: [],
      });
      return store.endSurvey(site, survey);
    },
    async settle(kind, side, decide) {
      const views = await world.undecided(kind, side);
      await store.settle(
        site,
        run,
        views.map((view) => ({ view, plan: decide(view) })),
      );
    },
    async undecided(kind, side) {
      return (await store.undecided(site, run, kind, side, null, 1_000)).views;
    },
    async linkOf(kind, side, id) {
      const rows = await reads.resolve(site, `${side}:${id}`);
      const found = rows.find((row) => row.link.kind === kind);
      const view = found === undefined ? null : await store.view(site, found.link.number);
      if (view === null) throw new Error(`No link of ${kind} ${side}:${id}.`);
      return view;
    },
    async linkedCompany(name, ids) {
      for (const side of ['teamwork', 'desk'] as const) {
        await store.recordObservation(site, company(side, ids[side], name));
      }
      await world.settle('company', 'teamwork', (view) =>
        view.link.ids.teamwork === ids.teamwork ? pairedWith(ids.desk, { name }) : alone,
      );
      return (await world.linkOf('company', 'teamwork', ids.teamwork)).link.number;
    },
    async dueLinks() {
      const due = [...(await store.claimDue(site, run, 1_000)), ...(await store.claimDue(site, null, 1_000))];
      return due.map(({ link }) => link).sort((one, other) => one - other);
    },
  };
  return world;
}

/** What a pause of that sort holds. */
export function pauseOf(what: 'site' | Kind | 'link', link: number): Parameters<Store['setPaused']>[1] {
  const one: { readonly link: number } = { link };
  return what === 'link' ? one : what;
}
