/** /search/customers: every word of `search` must occur in a name, an email or the organization. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import { chosen, includesOf, listAnswer, sparse } from './answers';
import { customerResource } from './customer-routes';
import { sortedPage } from './query';
import { contactsOf } from './related';
import { listQueryOf, parameter, wholeNumber } from './requests';
import { isActive } from './rows';

const LARGEST_PAGE = 200;
const RESET_TO = 50;

export function registerSearch(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;
  const customers = customerResource(world);

  app.get('/search/customers.json', (request) => {
    const words = (parameter(request, 'search') ?? '').toLowerCase().split(/\s+/);
    const matches = [...customers.table.all()].filter((row) => {
      if (!isActive(row)) return false;
      const emails = contactsOf(world, row).map(({ value }) => value);
      const text = [row.firstName, row.lastName, row.organization, ...emails].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
    // A page size that is too large or too small is reset, not clamped.
    const size = wholeNumber(parameter(request, 'pageSize')) ?? RESET_TO;
    const pageSize = size > LARGEST_PAGE || size < 1 ? RESET_TO : size;
    const page = sortedPage(matches, customers.fields, { ...listQueryOf(request), pageSize });
    const records = page.rows.map((row) => sparse(request, customers.record(row, request)));
    const included = chosen(includesOf(request), customers.included(page.rows, request));
    return listAnswer('customers', page, records, included);
  });
}
