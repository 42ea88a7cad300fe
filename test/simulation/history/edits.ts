/** Edits of what is there: on one side or both, of one field or several, at once or one after the other. */
import { field, texts } from '../products/rows';
import { at, clients, edit, kindOf, sideOf, textField, valueFor, type Acts } from './chosen';
import { linked } from './present';

export const edits: Acts = {
  edit: [
    14,
    null,
    (site, { a, b, c }) => {
      const kind = kindOf(a);
      const name = at(textField[kind], b) ?? 'name';
      edit(site, at(clients(site, sideOf(c), kind), b), { [name]: valueFor(name, a) });
    },
  ],
  edit_both_fields: [
    3,
    'A14',
    (site, { a, b }) => {
      const pair = at(linked(site, 'customer'), a);
      if (pair === undefined) return;
      edit(site, pair.teamwork, { firstName: `First ${b}` });
      edit(site, pair.desk, { lastName: `Last ${b}` });
    },
  ],
  edit_both_same: [
    2,
    'A15',
    (site, { a, b }) => {
      const pair = at(linked(site, 'customer'), a);
      for (const row of pair === undefined ? [] : [pair.teamwork, pair.desk])
        edit(site, row, { twitter: `same${b}` });
    },
  ],
  edit_both_apart: [
    3,
    'A16',
    (site, { a, b }) => {
      const pair = at(linked(site, kindOf(a)), a);
      if (pair === undefined) return;
      const name = pair.teamwork.kind === 'company' ? 'website' : 'lastName';
      edit(site, pair.teamwork, { [name]: valueFor(name, b) });
      edit(site, pair.desk, { [name]: valueFor(name, b + 7) });
    },
  ],
  edit_beside: [
    5,
    null,
    ({ besides }, { a, b, c }) => {
      besides.arm({
        when: a % 2 === 0 ? 'before' : 'after',
        whose: b % 3 === 0 ? 'source' : 'target',
        choose: (written, kind) => {
          const isSame = c % 3 === 0;
          const name = at(
            textField[kind].filter((one) => written.includes(one) === isSame),
            b,
          );
          return name === undefined ? null : [name, valueFor(name, a)];
        },
      });
    },
  ],
  /** The other side accepts the edit that is to come, and makes it never, or when it was asked often enough. */
  ignored: [
    3,
    null,
    (site, { a, b, c }) => {
      const pair = at(linked(site, kindOf(a)), b);
      const side = sideOf(c);
      if (pair === undefined) return;
      const name = at([...textField[pair.teamwork.kind], 'email'] as const, a) ?? 'name';
      site.products.manners.ignore(pair[side], name, at([1, 2, 3, 7, Infinity], b) ?? 1);
      edit(site, pair[side === 'desk' ? 'teamwork' : 'desk'], { [name]: valueFor(name, a + b) });
    },
  ],
  edit_thrice: [
    2,
    'A12',
    (site, { a, b, c }) => {
      const pair = at(linked(site, 'customer'), a);
      for (const n of [1, 2, 3]) edit(site, pair?.[sideOf(c)], { firstName: `Quick ${b} ${n}` });
    },
  ],
  blank: [
    3,
    null,
    (site, { a, b, c }) => {
      const pair = at(linked(site, 'customer'), a);
      edit(site, pair?.[sideOf(c)], { [at(['twitter', 'linkedin', 'facebook'], b) ?? 'twitter']: '' });
    },
  ],
  blank_essential: [
    1,
    'A53',
    (site, { a }) => {
      edit(site, at(linked(site, 'customer'), a)?.desk, { lastName: '' });
    },
  ],
  change_email: [
    4,
    null,
    (site, { a, b, c }) => {
      edit(site, at(clients(site, sideOf(c), 'customer'), a), { email: `new${b % 1_000}@mail.test` });
    },
  ],
  change_case: [
    2,
    'A52',
    (site, { a, c }) => {
      const row = at(clients(site, sideOf(c), 'customer'), a);
      edit(site, row, row === undefined ? {} : { email: field(row, 'email').toUpperCase() });
    },
  ],
  swap_emails: [
    1,
    'A50',
    (site, { a, b, c }) => {
      const all = clients(site, sideOf(c), 'customer');
      const [one, other] = [at(all, a), at(all, b)];
      if (one === undefined || other === undefined || one.id === other.id) return;
      const [mine, theirs] = [field(one, 'email'), field(other, 'email')];
      edit(site, one, { email: `swap${a % 1_000}@mail.test` });
      edit(site, other, { email: mine });
      edit(site, one, { email: theirs });
    },
  ],
  email_moves: [
    1,
    null,
    (site, { a, b, c }) => {
      const all = clients(site, sideOf(c), 'customer');
      const one = at(all, a);
      const other = at(
        all.filter((row) => one !== undefined && field(row, 'company') !== field(one, 'company')),
        b,
      );
      if (one === undefined || other === undefined) return;
      const email = field(one, 'email');
      edit(site, one, { email: `left${a % 1_000}@mail.test` });
      edit(site, other, { email });
      site.marks.add('A51');
    },
  ],
  alternative: [
    3,
    'A54',
    (site, { a, b, c }) => {
      const row = at(clients(site, sideOf(c), 'customer'), a);
      if (row === undefined) return;
      const own = texts(row.fields.alternativeEmails);
      const more = b % 3 === 0 ? own.slice(1) : [...own, `alt${b % 300}@mail.test`].slice(-3);
      edit(site, row, { alternativeEmails: more });
    },
  ],
  move: [
    4,
    null,
    (site, { a, b, c }) => {
      const company = at(clients(site, sideOf(c), 'company'), b);
      if (company !== undefined)
        edit(site, at(clients(site, sideOf(c), 'customer'), a), { company: company.id });
    },
  ],
};
