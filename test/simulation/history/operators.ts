/** What operators do to links, questions and holds: mostly where it makes sense, now and then where it is refused. */
import type { Link } from '../../../src/domain/link';
import { sides, type Field, type Kind } from '../../../src/domain/record';
import type { Operation } from '../../../src/ports/operations';
import type { Site } from '../engine/site';
import { Refusal } from '../products/products';
import { at, sideOf, textField, type Acts } from './chosen';

export const operators: Acts = {
  unlink: [
    2,
    null,
    (site, { a, b }) => {
      act(
        site,
        pick(site, b, a, ({ phase, kind }) => phase === 'active' && kind === 'customer'),
        'unlink',
      );
    },
  ],
  unlink_company: [
    1,
    null,
    (site, { a, b }) => {
      act(
        site,
        pick(site, b, a, ({ phase, kind }) => phase === 'active' && kind === 'company'),
        'unlink',
      );
    },
  ],
  relink: [
    3,
    null,
    (site, { a, b, c }) => {
      const link = pick(site, b, a, (one) => one.phase === 'broken' && present(site, one) === 2);
      operate(site, link, { verb: 'relink', withPeople: c % 2 === 0 });
    },
  ],
  restore_link: [
    3,
    null,
    (site, { a, b, c }) => {
      const link = pick(site, b, a, (one) => one.phase === 'broken' && present(site, one) === 1);
      operate(site, link, { verb: 'restore', withPeople: c % 2 === 0 });
    },
  ],
  retry: [
    1,
    null,
    (site, { a, b }) => {
      act(
        site,
        pick(site, b, a, ({ status }) => status === 'failing'),
        'retry',
      );
    },
  ],
  pause_link: [
    2,
    null,
    (site, { a, b, gapMs }) => {
      const link = pick(site, b, a, ({ phase }) => phase === 'active');
      if (link !== undefined) void site.operators.pause(link, 5_000 + 5 * gapMs);
    },
  ],
  choose: [
    2,
    null,
    (site, { a, b, c }) => {
      const link = pick(site, b, a, ({ phase }) => phase === 'active');
      if (link === undefined) return;
      const field = at<Field>([...textField[link.kind], 'email', 'company'], c) ?? 'name';
      operate(site, link, { verb: 'choose', field, side: sideOf(b) });
    },
  ],
  choose_lost: [
    2,
    null,
    (site, { a }) => {
      const told = at(
        site.rows.journal.filter(({ event }) => event === 'conflict'),
        a,
      );
      const link = site.rows.links.get(told?.link ?? 0)?.link;
      const side = told?.side ?? null;
      if (told === undefined || side === null) return;
      operate(site, link, { verb: 'choose', field: told.detail.field as Field, side });
    },
  ],
  answer: [
    4,
    null,
    (site, { a, b, c }) => {
      const link = pick(site, b, a, ({ number }) => site.rows.questions.has(number));
      const candidates = site.rows.questions.get(link?.number ?? 0) ?? [];
      const id = c % 3 === 0 ? null : (at(candidates, c) ?? '1');
      operate(site, link, { verb: 'answer', verdict: b % 2 === 0 ? 'same' : 'apart', id });
    },
  ],
  twins: [
    3,
    null,
    (site, { a, b }) => {
      const name = `House ${800 + (a % 100)}`;
      for (const form of ['Ltd', 'Inc'])
        site.products.create('user', 'desk', 'company', { name: `${name} ${form}` });
      // Both are known by then, and nobody can tell which of them it is.
      site.time.at(site.time.now + 61_000 + (b % 20_000), () => {
        create(site, name);
      });
    },
  ],
  answer_hold: [
    3,
    null,
    (site, { a, b, gapMs }) => {
      const holds = [...site.rows.guard.holds.values()].filter(
        ({ state }) => state === 'open' || b % 7 === 0,
      );
      const hold = at(holds, a)?.number;
      if (hold === undefined) return;
      const verdict = b % 3 === 0 ? 'reject' : 'approve';
      void site.operators.answerHold(hold, verdict, gapMs);
      // Two operators, or one who clicks twice.
      if (a % 3 === 0) void site.operators.answerHold(hold, verdict, gapMs + 1);
    },
  ],
  add_as_client: [
    2,
    null,
    (site, { a, b }) => {
      act(site, pick(site, b, a, isLoneInDesk('company')), 'ask');
    },
  ],
  create_contact: [
    2,
    null,
    (site, { a, b }) => {
      act(site, pick(site, b, a, isLoneInDesk('customer')), 'ask');
    },
  ],
  create_contacts: [
    1,
    null,
    (site, { a, b }) => {
      const link = pick(site, b, a, ({ kind, phase }) => kind === 'company' && phase === 'active');
      if (link?.kind === 'company') act(site, link, 'askForPeople');
    },
  ],
  include_earlier: [1, null, (site) => void site.operators.includeEarlier()],
};

/** One of those that the action is for; one time in five any link at all. */
function pick(site: Site, chance: number, n: number, isFor: (link: Link) => boolean): Link | undefined {
  const all = [...site.rows.links.values()].map(({ link }) => link).filter(({ phase }) => phase !== 'merged');
  return at(chance % 5 === 0 ? all : all.filter(isFor), n);
}

/** A Desk record that somebody may ask a counterpart for (R5, R7). */
function isLoneInDesk(of: Kind): (link: Link) => boolean {
  return ({ kind, phase, ids }) => kind === of && phase === 'lone' && ids.desk !== null;
}

/** How many of its records are there. */
function present({ products }: Site, { kind, ids }: Link): number {
  return sides.filter((side) => products.get(side, kind, ids[side] ?? '')?.deleted === false).length;
}

function act(site: Site, link: Link | undefined, verb: 'unlink' | 'retry' | 'ask' | 'askForPeople'): void {
  operate(site, link, { verb });
}

function operate(site: Site, link: Link | undefined, operation: Operation): void {
  if (link !== undefined) void site.operators.operate(link, operation);
}

function create(site: Site, name: string): void {
  try {
    site.products.create('user', 'teamwork', 'company', { name });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
