/** A rule is broken outright. */
import type { MergeInput, Merge } from '../../../src/domain/merge';
import type { LinkView, Plan, RecordView } from '../../../src/domain/plan';
import { nothingToDo } from '../../../src/domain/plan-shapes';
import type { ReadBack, ReadBackVerdict } from '../../../src/domain/readback';
import type { Field, Fields, Side } from '../../../src/domain/record';
import type { LookInput, LookResult } from '../../../src/activities/look';
import type { ObserveInput, ObserveResult } from '../../../src/activities/observe';
import type { Store } from '../../../src/ports/store';
import { of, type Bug, type Module } from './bug';

const merging = (change: (input: MergeInput) => MergeInput) => (right: Module) => ({
  mergeFields: (input: MergeInput) => of<[MergeInput], Merge>(right, 'mergeFields')(change(input)),
});

const judging =
  (change: (verdict: ReadBackVerdict, write: ReadBack) => ReadBackVerdict) => (right: Module) => ({
    judgeReadBack: (write: ReadBack) =>
      change(of<[ReadBack], ReadBackVerdict>(right, 'judgeReadBack')(write), write),
  });

const networks: readonly Field[] = ['twitter', 'linkedin', 'facebook'];

export const rules: readonly Bug[] = [
  {
    name: 'R22 what remained of a broken link is joined like anything else',
    caughtBy: /R22|I5/,
    path: '../memory-store/deletions',
    wrong: () => ({ tombstoneOf: () => null }),
  },
  {
    name: 'R15 a create of unknown outcome is made again without a look',
    caughtBy: /I4/,
    path: '../../../src/activities/look',
    wrong: () => ({
      lookWith:
        ({ store }: { store: Store }) =>
        async ({ site, link }: LookInput): Promise<LookResult> => {
          const intent = await store.openIntent(site, link);
          if (intent !== null) await store.closeIntent(site, intent.id);
          return 'no_effect';
        },
    }),
  },
  {
    name: "R10 the wrong base: Desk's values are compared with themselves",
    caughtBy: /I1|I4|I6/,
    path: '../../../src/domain/merge',
    wrong: merging((input) => ({
      ...input,
      bases: { ...input.bases, desk: { ...input.bases.desk, ...input.fields.desk } },
    })),
  },
  {
    name: 'R13 the echo of a write that the vendor cut off is taken as an edit',
    caughtBy: /I1|I6/,
    path: '../../../src/domain/readback',
    wrong: judging((verdict, { sent }) => ({ ...verdict, base: sent })),
  },
  {
    name: 'R23 absence from a listing is taken as deletion',
    caughtBy: /I10|R22/,
    path: '../../../src/activities/observe',
    wrong: (right) => ({
      observeWith: (ports: { store: Store }) => {
        const observe = of<[object], (input: ObserveInput) => Promise<ObserveResult>>(
          right,
          'observeWith',
        )(ports);
        return async (input: ObserveInput): Promise<ObserveResult> => {
          const view = await ports.store.view(input.site, input.link);
          const record = view?.records[input.side];
          if (record?.presence !== 'missing') return observe(input);
          const now = new Date(Date.now()).toISOString();
          await ports.store.recordGone(input.site, input.side, input.kind, record.id, now);
          return 'gone';
        };
      },
    }),
  },
  {
    name: 'R12 at a first match a blank beats a value',
    caughtBy: /I6/,
    path: '../../../src/domain/merge',
    wrong: merging((input) => {
      const { teamwork, desk } = input.fields;
      const first = networks.filter((name) => input.bases.desk[name] === undefined && teamwork[name] === '');
      const seen = Object.fromEntries(first.map((name) => [name, desk[name] ?? '']));
      const bases = {
        teamwork: { ...input.bases.teamwork, ...seen },
        desk: { ...input.bases.desk, ...seen },
      };
      return { ...input, bases };
    }),
  },
  {
    name: 'R16 a person is created before the company is',
    caughtBy: /I1|I7|I8|R4/,
    path: '../../../src/domain/plan-lone-customer',
    wrong: (right, load) => ({
      planLoneCustomer: (view: LinkView): Plan => {
        const plan = of<[LinkView], Plan>(right, 'planLoneCustomer')(view);
        const person = view.records.teamwork;
        if (plan.status !== 'waiting' || person === null) return plan;
        const creating = load('../../../src/domain/plan-lone');
        return of<[LinkView, RecordView, null], Plan>(creating, 'planCreate')(view, person, null);
      },
    }),
  },
  {
    name: 'R30 a pause is acknowledged and not kept',
    caughtBy: /I27/,
    path: '../memory-store/sites',
    wrong: (right) => ({
      siteMethods: (...input: unknown[]) => ({
        ...of<unknown[], object>(right, 'siteMethods')(...input),
        setPaused: () => Promise.resolve(),
      }),
    }),
  },
  {
    name: "R1 the owner company's people are clients like any other",
    caughtBy: /I22/,
    path: '../../../src/domain/planner',
    wrong: (right) => ({
      planLink: (view: LinkView): Plan => {
        const asClient = (record: RecordView | null) => record && { ...record, scope: 'client' as const };
        const records = { teamwork: asClient(view.records.teamwork), desk: asClient(view.records.desk) };
        return of<[LinkView], Plan>(right, 'planLink')({ ...view, records, staffHasEmail: false });
      },
    }),
  },
  {
    name: "R11 the loser's value is not kept",
    caughtBy: /I6/,
    path: '../memory-store/link-changes',
    wrong: (right) => ({
      changeOne: (...[memory, rows, change, run]: unknown[]) => {
        const { plan, ...others } = change as { readonly plan: Plan };
        const without = { ...others, plan: { ...plan, losers: [] } };
        return of<unknown[], unknown>(right, 'changeOne')(memory, rows, without, run);
      },
    }),
  },
  {
    name: 'R10 a write carries the whole record',
    caughtBy: /I1|I2|I6|I7/,
    path: '../../../src/domain/merge',
    wrong: (right) => ({
      mergeFields: (input: MergeInput): Merge => {
        const merge = of<[MergeInput], Merge>(right, 'mergeFields')(input);
        const whole = (to: Side, from: Side): Fields => {
          const { company: _, alternativeEmails: __, ...texts } = input.fields[from];
          return Object.keys(merge.writes[to]).length === 0 ? {} : { ...texts, ...merge.writes[to] };
        };
        return { ...merge, writes: { teamwork: whole('teamwork', 'desk'), desk: whole('desk', 'teamwork') } };
      },
    }),
  },
  {
    name: 'R18-R21 a deletion does not break the link',
    caughtBy: /R18-R21|I30/,
    path: '../../../src/domain/plan-gone',
    wrong: () => ({
      planGone: (): Plan => nothingToDo('agreed', 'in_sync', 'agreed'),
    }),
  },
];
