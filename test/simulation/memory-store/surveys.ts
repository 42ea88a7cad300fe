/** Surveys: whole listings read into the mirror, and what a record's absence from one means (R23). */
import type { MirrorStore } from '../../../src/ports/mirror';
import type { LinkStore } from '../../../src/ports/links';
import { markGone, recordRow, upsertRecords } from './mirror';
import { rowKey, type Memory, type SiteRows, type SurveyRow } from './memory';
import { instantOf } from '../../../src/store/storable';
import { wakeTaken } from './retries';
import { transactions } from './transactions';
import { wakeSharers } from './wakes';

/** A listing that shrank below this share of what was there proves nothing. */
const leastShareLeft = 0.5;

type SurveyMethods = Pick<
  MirrorStore,
  'beginSurvey' | 'recordPage' | 'endSurvey' | 'recordObservation' | 'recordGone' | 'controlRecords'
> &
  Pick<LinkStore, 'wasKnownBefore'>;

export function surveyMethods(memory: Memory): SurveyMethods {
  return transactions<SurveyMethods>({
    beginSurvey(site, run, side, kind) {
      const rows = memory.of(site);
      for (const survey of rows.surveys.values()) {
        if (survey.run === run && survey.side === side && survey.kind === kind) return survey.number;
      }
      const number = memory.nextNumber();
      const survey = { number, run, side, kind, startedAt: memory.now(), scopes: null, end: null };
      const presentBefore = listing(rows, survey).filter(
        ({ record }) => record.presence === 'present',
      ).length;
      rows.surveys.set(number, { ...survey, presentBefore, pages: 0, totals: [], unreadable: new Map() });
      return number;
    },

    recordPage(site, number, { observations, total, unreadable }) {
      const rows = memory.of(site);
      const survey = surveyOf(rows, site, number);
      const { side, kind } = survey;
      const ids = unreadable.map(({ id }) => id);
      const freed = upsertRecords(memory, rows, side, kind, {
        observations,
        survey: number,
        unreadable: ids,
      });
      wakeTaken(memory, rows, kind, side);
      wakeSharers(memory, rows, freed);
      survey.pages += 1;
      for (const { id, problem } of unreadable) survey.unreadable.set(id, problem);
      if (total !== null) survey.totals.push(total);
    },

    endSurvey(site, number) {
      const rows = memory.of(site);
      const survey = surveyOf(rows, site, number);
      survey.end ??= end(rows, survey);
      return survey.end;
    },

    recordObservation(site, observation) {
      const { side, kind } = observation;
      const rows = memory.of(site);
      const freed = upsertRecords(memory, rows, side, kind, { observations: [observation], survey: null });
      wakeTaken(memory, rows, kind, side);
      wakeSharers(memory, rows, freed);
    },

    recordGone(site, side, kind, id, readAt) {
      const rows = memory.of(site);
      const freed = markGone(rows, { side, kind, id }, readAt);
      wakeTaken(memory, rows, kind, side);
      wakeSharers(memory, rows, freed);
    },

    controlRecords(site, side, not) {
      const rows = memory.of(site);
      const linked = [...rows.links.values()]
        .flatMap(({ link }) => {
          const row = recordRow(rows, link.kind, { side, id: link.ids[side] ?? '' });
          return link.phase === 'active' && row !== null ? [{ number: link.number, record: row.record }] : [];
        })
        .filter(({ record: { kind, id, presence, deleted } }) => {
          return presence === 'present' && !deleted && !(kind === not.kind && id === not.id);
        })
        .sort((a, b) =>
          a.record.readAt < b.record.readAt
            ? 1
            : a.record.readAt > b.record.readAt
              ? -1
              : b.number - a.number,
        )
        .map(({ record: { kind, id } }) => ({ kind, id }));
      const own = linked.filter(({ kind }) => kind === not.kind).slice(0, 3);
      return [...own, ...linked.filter(({ kind }) => kind !== not.kind).slice(0, 2)];
    },

    wasKnownBefore(site, side, kind, id, at) {
      const row = memory.of(site).records.get(rowKey(kind, side, id));
      return row !== undefined && row.firstSeenAt < instantOf(at);
    },
  });
}

function surveyOf(rows: SiteRows, site: string, number: number): SurveyRow {
  const survey = rows.surveys.get(number);
  if (survey === undefined) {
    throw new Error(`Site ${site} has no survey ${number}; the engine begins one first.`);
  }
  return survey;
}

function listing(rows: SiteRows, { side, kind }: Pick<SurveyRow, 'side' | 'kind'>) {
  return [...rows.records.values()].filter(({ record }) => record.side === side && record.kind === kind);
}

function end(rows: SiteRows, survey: SurveyRow): NonNullable<SurveyRow['end']> {
  const all = listing(rows, survey);
  const understood = all.filter((row) => row.survey === survey.number);
  const { number, kind, side, totals } = survey;
  const withoutRow = [...survey.unreadable.keys()].filter(
    (id) => rows.records.get(rowKey(kind, side, id))?.survey !== number,
  );
  const seen = understood.length + withoutRow.length;
  const countAgrees = totals.every((total) => total === totals[0] && total === seen);
  const isShrunken = seen < survey.presentBefore * leastShareLeft;
  const hasLinked = [...rows.links.values()].some(
    ({ link }) => link.kind === kind && link.phase === 'active',
  );
  const complete = countAgrees && !isShrunken && !(seen === 0 && hasLinked);
  const absent = !complete
    ? []
    : all.filter(
        (row) =>
          row.record.presence === 'present' && row.survey !== number && row.record.readAt < survey.startedAt,
      );
  for (const row of absent) {
    const key = rowKey(kind, side, row.record.id);
    rows.records.put(key, { ...row, decided: false, record: { ...row.record, presence: 'missing' } });
  }
  const scopes: Record<string, number> = {};
  for (const { record } of understood) scopes[record.scope] = (scopes[record.scope] ?? 0) + 1;
  survey.scopes = scopes;
  return { seen, missing: absent.length, complete };
}
