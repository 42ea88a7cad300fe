/** The oracle's check of mass changes can fail: it is shown a truth made by hand. */
import type { JournalEntry } from '../../src/ports/reads';
import { massWrites } from './oracle/mass-writes';
import { aTruth } from './oracle-truth';
import { shownKey } from './products/calls';
import { keyOfRow } from './products/rows';

describe('I9 R26: what is written in a mass', () => {
  function rewritten(count: number) {
    const truth = aTruth();
    for (let n = 0; n < count; n++) {
      const { desk } = truth.pair(n);
      truth.products.update('engine', desk, { lastName: 'King' });
    }
    return massWrites(truth.site);
  }

  it('one field of 25 may be rewritten within a day, not of more', () => {
    expect(rewritten(25)).toEqual([]);
    expect(rewritten(26)).toHaveLength(1);
  });

  it('R12 a run’s first match of a field is announced, one that nobody’s run made is not', () => {
    const matched = (run: string | null, finishedAt?: string) => {
      const truth = aTruth();
      const startedAt = '2026-03-02T09:00:00Z';
      if (finishedAt !== undefined) truth.runs.set('run-1', { mode: 'sync', startedAt, finishedAt });
      for (let n = 0; n < 26; n++) {
        const { desk, link } = truth.pair(n);
        const detail = { field: 'lastName', rule: 'first_match' };
        const told = { at: '2026-03-02T10:00:00Z', link: link.number, side: null, workflow: null };
        truth.journal.push({ ...told, event: 'linked', run: null, detail: {} });
        truth.journal.push({ ...told, event: 'conflict', run, detail });
        truth.products.update('engine', desk, { lastName: 'King' });
      }
      return massWrites(truth.site);
    };
    expect(matched('run-1')).toEqual([]);
    expect(matched(null)).toHaveLength(1);
    // While it is under way, what an edit lets match before it gets there is its own.
    expect(matched(null, '2026-03-02T11:00:00Z')).toEqual([]);
    expect(matched(null, '2026-03-02T09:30:00Z')).toHaveLength(1);
  });

  it('R12 a first match whose write was refused is still to be made, one that was written is over', () => {
    const writtenAfter = (event: JournalEntry['event']) => {
      const truth = aTruth();
      for (let n = 0; n < 26; n++) {
        const { desk, link } = truth.pair(n);
        const told = {
          at: '2026-03-02T10:00:00Z',
          link: link.number,
          side: null,
          workflow: null,
          run: 'run-1',
        };
        const detail = { field: 'lastName', rule: 'first_match' };
        truth.journal.push({ ...told, event: 'linked', run: null, detail: {} });
        truth.journal.push({ ...told, event: 'conflict', detail });
        truth.journal.push({ ...told, event, detail: { action: 'update', fields: ['lastName'] } });
        truth.products.update('engine', desk, { lastName: 'King' });
      }
      return massWrites(truth.site);
    };
    for (const event of ['refused', 'unknown', 'no_effect', 'ignored'] as const)
      expect(writtenAfter(event)).toEqual([]);
    for (const event of ['updated', 'adopted'] as const) expect(writtenAfter(event)).toHaveLength(1);
  });

  it('A19 what came where every decision knew of a blank is written over unseen, unless it was known or to be looked at', () => {
    const filledIn = (known: readonly string[], priority = 4) => {
      const truth = aTruth();
      const apply = { name: 'apply', input: { priority }, from: Date.parse('2026-03-02T10:01:30Z') };
      const pairs = Array.from({ length: 26 }, (_, n) => truth.pair(n).teamwork);
      truth.pass(60_000);
      for (const row of pairs) truth.products.update('user', row, { twitter: 'king' });
      const at = truth.pass(60_000);
      for (const row of pairs) {
        for (const value of known) truth.shown.set(shownKey(row, 'twitter', value), at);
        const call = { side: 'teamwork', what: 'write', record: keyOfRow(row), at, until: at, by: apply };
        truth.calls.push(call as never);
        truth.products.update('engine', row, { twitter: 'ada' });
      }
      return massWrites(truth.site);
    };
    expect(filledIn([''])).toEqual([]);
    expect(filledIn(['', 'king'])).toHaveLength(1);
    expect(filledIn([])).toHaveLength(1);
    expect(filledIn([''], 2)).toHaveLength(1);
  });

  it('another day is another count', () => {
    const truth = aTruth();
    for (let n = 0; n < 30; n++) {
      const { desk } = truth.pair(n);
      if (n === 15) truth.pass(25 * 3_600_000);
      truth.products.update('engine', desk, { lastName: 'King' });
    }
    expect(massWrites(truth.site)).toEqual([]);
  });

  const created = { side: 'teamwork', kind: 'customer', action: 'create', state: 'confirmed', run: null };

  it('50 contacts may be made, not more', () => {
    const made = (count: number) => {
      const truth = aTruth();
      for (let n = 0; n < count; n++) {
        truth.intents.set(String(n), { ...created, link: n + 10, sentAt: '2026-03-02T10:00:00Z' });
      }
      return massWrites(truth.site);
    };
    expect(made(50)).toEqual([]);
    expect(made(51)).toHaveLength(1);
  });

  it('R5 who was in a company when it was asked for comes with it and counts as asked for', () => {
    const made = (linkedAfterMs: number) => {
      const truth = aTruth();
      const activeSince = new Date(Date.parse('2026-03-02T10:00:00Z') + linkedAfterMs).toISOString();
      for (let n = 0; n < 51; n++) {
        const { teamwork, desk, link } = truth.pair(n);
        const ids = { teamwork: String(teamwork.fields.company), desk: String(desk.fields.company) };
        truth.add('company', ids, { asked: 'yes', activeSince });
        truth.intents.set(String(n), { ...created, link: link.number, sentAt: '2026-03-02T11:00:00Z' });
      }
      return massWrites(truth.site);
    };
    expect(made(60_000)).toEqual([]);
    expect(made(-60_000)).toHaveLength(1);
  });

  it('R7 everybody in a company who was asked for counts as asked for, one who came there later does not', () => {
    const made = (askedAfterMs: number) => {
      const truth = aTruth();
      for (let n = 0; n < 51; n++) {
        const { link } = truth.pair(n);
        truth.intents.set(String(n), { ...created, link: link.number, sentAt: '2026-03-02T11:00:00Z' });
      }
      const at = Date.parse('2026-03-02T10:00:00Z') + askedAfterMs;
      const ids = { desk: truth.person('desk', 99).fields.company };
      const company = { number: 1, kind: 'company', ids };
      truth.acts.push({
        at,
        operation: { verb: 'askForPeople' },
        link: company,
        result: { done: true, link: 1 },
      });
      return massWrites(truth.site);
    };
    expect(made(60_000)).toEqual([]);
    expect(made(-60_000)).toHaveLength(1);
  });

  it('nothing is held where little changed', () => {
    const truth = aTruth();
    truth.pair(1, { status: 'held', reason: 'mass_change' });
    expect(massWrites(truth.site)).toHaveLength(1);
  });
});
