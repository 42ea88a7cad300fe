/** What operators make due of many links at once (R7, R31), as `src/store/operator-dues.ts` does. */
import type { Link } from '../../../src/domain/link';
import type { OperationStore } from '../../../src/ports/operations';
import { keyOf } from '../../../src/store/record-rows';
import { addDue } from './due';
import { changeLink, journal, linksOf, refsOf } from './link-rows';
import type { Memory, SiteRows } from './memory';
import { operateMethod } from './operations';
import { dueForRecords } from './record-dues';
import { transactions } from './transactions';

/** All but the companies that are ordered in our own window. */
type KeptMethods = Pick<
  OperationStore,
  'operate' | 'linkFor' | 'retryFailing' | 'makeDue' | 'unfinished' | 'excludedCustomers' | 'askForExcluded'
>;

export function operationMethods(memory: Memory): KeptMethods {
  return {
    ...operateMethod(memory),
    ...transactions<Omit<KeptMethods, 'operate'>>({
      linkFor(site, kind, side, id) {
        const rows = memory.of(site);
        const ref = { side, id };
        const known = linksOf(rows, kind, [ref]).get(keyOf(ref));
        if (known !== undefined) return known.number;
        dueForRecords(memory, rows, kind, [ref], { priority: 2, read: true });
        const allocated = linksOf(rows, kind, [ref]).get(keyOf(ref));
        if (allocated === undefined)
          throw new Error(`${side} ${kind} ${id} of site ${site} got no link row.`);
        return allocated.number;
      },

      retryFailing(site) {
        const rows = memory.of(site);
        const failing = living(rows).filter(({ status }) => status === 'failing');
        makeDue(memory, rows, failing);
        journal(
          memory,
          rows,
          failing.map(({ number }) => ({ link: number, event: 'retried' })),
        );
        return failing.length;
      },

      makeDue(site, links) {
        const rows = memory.of(site);
        makeDue(
          memory,
          rows,
          living(rows).filter(({ number }) => links.includes(number)),
        );
      },

      unfinished(site, links) {
        const now = memory.now();
        return [...memory.of(site).due.values()].filter(({ link, at }) => links.includes(link) && at <= now)
          .length;
      },

      excludedCustomers: (site) => excludedByTheSetting(memory.of(site)).length,

      askForExcluded(site) {
        const rows = memory.of(site);
        const excluded = excludedByTheSetting(rows);
        for (const { number } of excluded) changeLink(rows, number, { asked: 'yes' });
        makeDue(memory, rows, excluded);
        return excluded.length;
      },
    }),
  };
}

function living(rows: SiteRows): Link[] {
  return [...rows.links.values()]
    .map(({ link }) => link)
    .filter(({ phase }) => phase === 'lone' || phase === 'active')
    .sort((one, other) => one.number - other.number);
}

/** With every record of theirs read first. */
function makeDue(memory: Memory, rows: SiteRows, links: readonly Link[]): void {
  addDue(
    memory,
    rows,
    links.map(({ number, ids }) => ({
      ...{ link: number, priority: 2 as const, run: null, at: null },
      read: refsOf(ids).map(({ side }) => side),
    })),
  );
}

function excludedByTheSetting(rows: SiteRows): Link[] {
  return living(rows).filter(
    ({ kind, phase, status, reason, asked }) =>
      kind === 'customer' &&
      phase === 'lone' &&
      status === 'excluded' &&
      (reason === 'automatic_creation_off' || reason === 'earlier_customer') &&
      asked !== 'yes',
  );
}
