/** Records come and go: made, deleted, made again, restored, merged, pulled into a company. */
import { field } from '../products/rows';
import { at, clients, edit, sideOf, type Acts } from './chosen';
import { linked, people } from './present';

export const lives: Acts = {
  create_client: [
    3,
    null,
    (site, { a }) => {
      site.products.create('user', 'teamwork', 'company', { name: `Client ${a % 800}` });
    },
  ],
  create_with_person: [
    3,
    'A56',
    (site, { a }) => {
      const { id } = site.products.create('user', 'teamwork', 'company', { name: `House ${a % 800}` });
      site.products.create('user', 'teamwork', 'customer', { ...people(a), company: id });
    },
  ],
  create_person: [
    5,
    null,
    (site, { a, b, c }) => {
      const company = at(clients(site, sideOf(c), 'company'), b)?.id ?? '';
      site.products.create('user', sideOf(c), 'customer', { ...people(a), company });
    },
  ],
  create_on_both: [
    2,
    'A24',
    (site, { a, b }) => {
      const pair = at(linked(site, 'company'), b);
      if (pair === undefined) return;
      site.products.create('user', 'teamwork', 'customer', { ...people(a), company: pair.teamwork.id });
      site.products.create('user', 'desk', 'customer', { ...people(a), company: pair.desk.id });
    },
  ],
  create_desk_company: [
    2,
    null,
    (site, { a }) => {
      site.products.create('user', 'desk', 'company', { name: `Desk only ${a % 800}` });
    },
  ],
  create_matching: [
    2,
    null,
    (site, { a, b }) => {
      const company = at(clients(site, 'teamwork', 'company'), a);
      if (company !== undefined && b % 2 === 0) {
        site.products.create('user', 'desk', 'company', { name: `${field(company, 'name')} Ltd` });
      }
    },
  ],
  delete: [
    3,
    null,
    (site, { a, b, c }) => {
      const row = at(clients(site, sideOf(c), 'customer'), b + a);
      if (row !== undefined) site.products.delete('user', row);
    },
  ],
  delete_company: [
    1,
    'A36',
    (site, { a, c }) => {
      const row = at(clients(site, sideOf(c), 'company'), a);
      if (row !== undefined) site.products.delete('user', row);
    },
  ],
  delete_both: [
    1,
    'A31',
    (site, { a }) => {
      const pair = at(linked(site, 'customer'), a);
      for (const row of pair === undefined ? [] : [pair.teamwork, pair.desk])
        site.products.delete('user', row);
    },
  ],
  delete_and_edit: [
    2,
    'A17',
    (site, { a, b, c }) => {
      const pair = at(linked(site, 'customer'), a);
      if (pair === undefined) return;
      site.products.delete('user', pair[sideOf(c)]);
      edit(site, pair[sideOf(c + 1)], { firstName: `Kept ${b}` });
    },
  ],
  make_again: [
    2,
    'A30',
    (site, { a, c }) => {
      const gone = site.products
        .all()
        .filter((row) => row.deleted && row.side === sideOf(c) && row.kind === 'customer');
      const row = at(gone, a);
      if (row !== undefined) site.products.create('user', row.side, 'customer', row.fields);
    },
  ],
  restore: [
    1,
    'A33',
    (site, { a }) => {
      const gone = site.products.all().filter((row) => row.deleted && row.side === 'teamwork');
      const row = at(gone, a);
      if (row !== undefined) site.products.restore(row);
    },
  ],
  merge: [
    1,
    'A35',
    (site, { a, b }) => {
      const all = clients(site, 'desk', 'customer');
      const [primary, secondary] = [at(all, a), at(all, b)];
      if (primary !== undefined && secondary !== undefined && primary.id !== secondary.id) {
        site.products.merge(primary, secondary);
      }
    },
  ],
  domain: [
    1,
    null,
    (site, { a, b }) => {
      const company = at(clients(site, 'desk', 'company'), a);
      if (company !== undefined) site.products.setDomains(company, [`box${b % 500}.test`]);
    },
  ],
  drop_domains: [
    1,
    null,
    (site, { a }) => {
      const matching = clients(site, 'desk', 'company').filter(({ domains }) => domains.length > 0);
      const company = at(matching, a);
      if (company === undefined) return;
      site.products.setDomains(company, []);
      site.marks.add('A58');
    },
  ],
  own_sync: [
    1,
    'A05',
    (site, { a, b }) => {
      const pair = at(linked(site, 'company'), b);
      if (pair === undefined) return;
      site.products.create('user', 'teamwork', 'customer', { ...people(a), company: pair.teamwork.id });
      site.products.create('vendor', 'desk', 'customer', { ...people(a), company: pair.desk.id });
    },
  ],
  bulk_delete: [
    1,
    null,
    (site, { a, c }) => {
      // One in eight, or most histories would end in a hold.
      if (a % 8 !== 0) return;
      const all = clients(site, sideOf(c), 'customer');
      for (const row of all.slice(0, Math.ceil((all.length * 3) / 4))) site.products.delete('user', row);
    },
  ],
  old_news: [
    2,
    'A28',
    (site, { a }) => {
      const change = at(site.products.changes, a);
      if (change !== undefined) site.hooks.repeat(change);
    },
  ],
};
