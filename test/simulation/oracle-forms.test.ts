/** The oracle's check of forms can fail: it is shown a truth made by hand. */
import type { Fields } from '../../src/domain/record';
import { unlikeChosen } from './oracle/chosen';
import { isToldForm } from './oracle/forms';
import { aTruth } from './oracle-truth';
import type { Row } from './products/rows';

describe('R13: a form is told', () => {
  function formed(reformatted: readonly string[], later: string | null = null) {
    const truth = aTruth();
    truth.products.manners.keepAs('capitals', 'desk', 'customer', 'lastName');
    const { teamwork, desk, link } = truth.pair(1);
    const written = truth.products.update('engine', desk, { lastName: 'King' });
    const source = truth.products.update('user', teamwork, { lastName: later ?? 'King' });
    const detail = { id: desk.id, fields: ['lastName'], reformatted };
    truth.journal.push({
      at: '2026-03-02T10:00:01Z',
      link: link.number,
      event: 'updated',
      side: 'desk',
      run: null,
      detail,
    } as never);
    return isToldForm(truth.site, link, 'lastName', [source, written]);
  }

  it('of the value that was written last', () => {
    expect(formed(['lastName'])).toBe(true);
    expect(formed([])).toBe(false);
    expect(formed(['lastName'], 'Lovelace')).toBe(false);
  });

  it('of one value that both sides were written and keep in forms of their own', () => {
    const truth = aTruth();
    truth.products.manners.keepAs('capitals', 'desk', 'customer', 'lastName');
    truth.products.manners.keepAs('cut', 'teamwork', 'customer', 'lastName');
    const { teamwork, desk, link } = truth.pair(1);
    const bothKeep = (sent: string) => {
      const there = truth.products.update('engine', desk, { lastName: 'Lovelace' });
      const here = truth.products.update('engine', teamwork, { lastName: sent });
      return isToldForm(truth.site, link, 'lastName', [here, there]);
    };
    for (const { side, id } of [teamwork, desk]) {
      const detail = { id, fields: ['lastName'], reformatted: ['lastName'] };
      const at = '2026-03-02T10:00:01Z';
      truth.journal.push({ at, link: link.number, event: 'updated', side, run: null, detail } as never);
    }
    const seen = (lastName: string) => ({ fields: { lastName }, readAt: '2026-03-02T10:00:10Z' });
    const records = { teamwork: seen('Byron'), desk: seen('Lovelace') };
    const operation = { verb: 'choose', field: 'lastName', side: 'desk' };
    const result = { done: true, link: link.number };
    truth.acts.push({ at: Date.parse('2026-03-02T10:00:20Z'), operation, result, link, records });
    expect(bothKeep('Lovelace')).toBe(true);
    expect(unlikeChosen(truth.site)).toEqual([]);
    expect(bothKeep('King')).toBe(false);
    expect(unlikeChosen(truth.site)).toHaveLength(1);
  });

  describe('R17 and is one for who took the link over', () => {
    function merged(more: Fields) {
      const truth = aTruth();
      truth.products.manners.keepAs('capitals', 'desk', 'customer', 'lastName');
      const { teamwork, desk, link } = truth.pair(1);
      const survivor = truth.person('desk', 2, { lastName: 'King', ...more });
      const source = truth.products.update('user', teamwork, { lastName: 'King' });
      truth.products.update('engine', desk, { lastName: 'King' });
      const told = { at: '2026-03-02T10:00:01Z', link: link.number, side: 'desk', run: null };
      truth.journal.push(
        { ...told, event: 'updated', detail: { id: desk.id, reformatted: ['lastName'] } } as never,
        { ...told, event: 'merged', detail: { from: desk.id, to: survivor.id } } as never,
      );
      const now = (row: Row) => truth.products.get(row.side, row.kind, row.id) ?? row;
      return {
        ...truth,
        survivor,
        pass: () => truth.pass(2_000),
        isTold: () => isToldForm(truth.site, link, 'lastName', [source, now(survivor)]),
      };
    }

    it('where that one has the very same', () => {
      expect(merged({}).isTold()).toBe(true);
      expect(merged({ lastName: 'Kin' }).isTold()).toBe(false);
    });

    it('until something else is written there', () => {
      const { products, survivor, isTold, pass } = merged({});
      pass();
      products.update('engine', survivor, { lastName: 'King' });
      expect(isTold()).toBe(false);
    });
  });
});
