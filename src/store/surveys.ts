/** Surveys: whole listings read into the mirror, and what a record's absence from one means (R23). */
import { sql } from 'kysely';
import { provesAbsence } from '../domain/absence';
import type { Kind } from '../domain/record';
import type { ControlRecord } from '../ports/mirror';
import type { Store } from '../ports/store';
import type { WalledDatabase } from './database';
import { markGone, problemsById, upsertRecords } from './record-pages';
import { withSite, type Tx } from './transaction';

type SurveyMethods = Pick<
  Store,
  | 'beginSurvey'
  | 'recordPage'
  | 'endSurvey'
  | 'recordObservation'
  | 'recordGone'
  | 'controlRecords'
  | 'wasKnownBefore'
>;

export function surveyMethods(db: WalledDatabase): SurveyMethods {
  return {
    beginSurvey: (site, run, side, kind) =>
      withSite(db, site, async (tx) => {
        const { rows } = await sql<{ number: number }>`
          insert into surveys (site, run, side, kind, present_before)
          select ${site}, ${run}, ${side}, ${kind}, count(*) from records
          where site = ${site} and kind = ${kind} and side = ${side} and presence = 'present'
          on conflict (site, run, side, kind) do update set run = excluded.run
          returning number`.execute(tx);
        return one(rows).number;
      }),

    recordPage: (site, survey, page) =>
      withSite(db, site, async (tx) => {
        const { side, kind } = await surveyOf(tx, site, survey);
        const unreadable = page.unreadable.map(({ id }) => id);
        await upsertRecords(tx, site, { side, kind, observations: page.observations, survey, unreadable });
        await sql`
          update surveys set pages = pages + 1, unreadable = unreadable || ${problemsById(page.unreadable)}::jsonb,
            least_total = least(least_total, ${page.total}::integer),
            most_total = greatest(most_total, ${page.total}::integer)
          where site = ${site} and number = ${survey}`.execute(tx);
      }),

    endSurvey: (site, survey) =>
      withSite(db, site, async (tx) => {
        const ended = await surveyOf(tx, site, survey);
        if (ended.ended_at !== null) {
          return { seen: ended.seen ?? 0, missing: ended.missing ?? 0, complete: ended.complete ?? false };
        }
        const { side, kind } = ended;
        const listing = sql`r.site = ${site} and r.kind = ${kind} and r.side = ${side}`;
        const scopes = await sql<{ scope: string; records: number }>`
          select scope, count(*) as records from records r
          where ${listing} and survey = ${survey} group by scope`.execute(tx);
        const understood = scopes.rows.reduce((sum, { records }) => sum + records, 0);
        const seen = understood + (await unreadableWithoutRow(tx, site, survey));
        const complete = provesAbsence({
          seen,
          leastTotal: ended.least_total,
          mostTotal: ended.most_total,
          presentBefore: ended.present_before,
          hasLinked: seen === 0 && (await hasLinked(tx, site, survey)),
        });
        let missing = 0;
        if (complete) {
          // A record read by itself after the survey began is there, whatever an earlier page said.
          const absent = await sql`
            update records r set presence = 'missing', decided = false
            where ${listing} and presence = 'present' and survey is distinct from ${survey}
              and read_at < ${ended.started_at}`.execute(tx);
          missing = Number(absent.numAffectedRows ?? 0);
        }
        const byScope = JSON.stringify(
          Object.fromEntries(scopes.rows.map((row) => [row.scope, row.records])),
        );
        await sql`
          update surveys set ended_at = clock_timestamp(), seen = ${seen}, missing = ${missing},
            complete = ${complete}, scopes = ${byScope}
          where site = ${site} and number = ${survey}`.execute(tx);
        return { seen, missing, complete };
      }),

    async recordObservation(site, observation) {
      const { side, kind } = observation;
      await withSite(db, site, (tx) =>
        upsertRecords(tx, site, { side, kind, observations: [observation], survey: null }),
      );
    },

    async recordGone(site, side, kind, id, readAt) {
      await withSite(db, site, (tx) => markGone(tx, site, { side, kind, id, readAt }));
    },

    async controlRecords(site, side, not) {
      const id = side === 'teamwork' ? sql.ref('l.teamwork_id') : sql.ref('l.desk_id');
      const ofKind = (kind: Kind, atMost: number) => sql`
        (select r.kind, r.id from links l
        join records r on r.site = l.site and r.kind = l.kind and r.side = ${side} and r.id = ${id}
        where l.site = ${site} and l.kind = ${kind} and l.phase = 'active' and r.presence = 'present'
          and not r.deleted and not (r.kind = ${not.kind} and r.id = ${not.id})
        order by r.read_at desc, l.number desc limit ${atMost})`;
      const { rows: own } = await sql<ControlRecord>`${ofKind(not.kind, 3)}`.execute(db.ofSite(site));
      const { rows: others } =
        await sql<ControlRecord>`${ofKind(not.kind === 'company' ? 'customer' : 'company', 2)}`.execute(
          db.ofSite(site),
        );
      return [...own, ...others];
    },

    async wasKnownBefore(site, side, kind, id, at) {
      const { rows } = await sql`
        select from records
        where site = ${site} and side = ${side} and kind = ${kind} and id = ${id} and first_seen_at < ${at}`.execute(
        db.ofSite(site),
      );
      return rows.length > 0;
    },
  };
}

async function surveyOf(tx: Tx, site: string, survey: number) {
  const row = await tx
    .selectFrom('surveys')
    .selectAll()
    .where('site', '=', site)
    .where('number', '=', survey)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new Error(`Site ${site} has no survey ${survey}; the engine begins one first.`);
  return row;
}

async function unreadableWithoutRow(tx: Tx, site: string, survey: number): Promise<number> {
  const { rows } = await sql<{ records: number }>`
    select count(*) as records from surveys s cross join jsonb_object_keys(s.unreadable) as u(id)
    where s.site = ${site} and s.number = ${survey} and not exists (select from records r
      where r.site = s.site and r.kind = s.kind and r.side = s.side and r.id = u.id and r.survey = s.number)`.execute(
    tx,
  );
  return one(rows).records;
}

async function hasLinked(tx: Tx, site: string, survey: number): Promise<boolean> {
  const { rows } = await sql`
    select from links l join surveys s on s.site = l.site and s.kind = l.kind
    where s.site = ${site} and s.number = ${survey} and l.phase = 'active' limit 1`.execute(tx);
  return rows.length > 0;
}

function one<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres answered no row where it always answers one.');
  return row;
}
