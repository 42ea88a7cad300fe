/** Customers of Desk: emails and company are written as relations beside the record (desk.md §3). */
import type { Field, Fields } from '../domain/record';
import type { EmailRow, WriteAnswer } from '../ports/apis';
import type { Permit } from '../ports/budget';
import { failed, type Call } from './call';
import { observeCustomer, type CustomerRead } from './desk-customer';
import { emailEntries, type EmailEntry } from './desk-emails';
import { contactsIn } from './desk-included';
import { listDesk, type DeskListing } from './desk-listing';
import { deskNews } from './desk-news';
import type { Answer } from './http';
import { readable, readOne, renamed, rowsIn, written, type Caller, type Resource } from './resource';
import { jsonId } from './wire-values';

const path = '/customers.json';
const includes = 'companies,contacts';
const largestLookUp = '100';

const keys: Readonly<Partial<Record<Field, string>>> = {
  firstName: 'firstName',
  lastName: 'lastName',
  avatar: 'avatarURL',
  twitter: 'twitterHandle',
  linkedin: 'linkedinURL',
  facebook: 'facebookURL',
};

export function deskCustomers(caller: Caller): Resource {
  const { side, http } = caller;
  const observe = (raw: unknown, answer: Answer, permit: Permit) =>
    observeCustomer(raw, contactsIn(answer), permit.grantedAt);
  const observeAll = (rows: readonly unknown[], answer: Answer, permit: Permit) => {
    const contacts = contactsIn(answer);
    return rows.map((raw) => observeCustomer(raw, contacts, permit.grantedAt));
  };

  const listing: DeskListing = { root: 'customers', includes, observe: observeAll };

  async function write(
    permit: Permit,
    call: Call,
    emails: readonly EmailEntry[],
    id: string | null,
  ): Promise<WriteAnswer> {
    const answer = await http(permit, { ...call, query: { includes }, fieldNamed: fieldNamed(emails) });
    return written(caller, call, answer, id, observe(answer.body.customer, answer, permit));
  }

  async function read(permit: Permit, id: string): Promise<CustomerRead> {
    const call: Call = { method: 'GET', path: pathOf(id), query: { includes } };
    const answer = await http(permit, call);
    return readOne(caller, call, answer, id, observe(answer.body.customer, answer, permit));
  }

  return {
    async list(permit, cursor) {
      const { answer: _, ...page } = await listDesk(caller, listing, permit, cursor);
      return page;
    },

    ...deskNews(caller, listing),

    read,

    create(permit, values) {
      const emails = emailEntries(values, []);
      return write(permit, { method: 'POST', path, body: bodyOf(values, emails, true) }, emails, null);
    },

    async update(permit, id, values, preparation) {
      const call: Call = { method: 'PATCH', path: pathOf(id) };
      const refusedHere = (field: Field, detail: string) =>
        failed(side, call, 'invalid', {
          status: null,
          refusedFields: [field],
          detail: `not sent, ${detail}`,
        });
      if (values.email === '') throw refusedHere('email', 'a customer keeps its last email');
      if (values.company === '') throw refusedHere('company', 'a linked customer keeps its company');
      let rows: readonly EmailRow[] = [];
      if (changesEmails(values)) {
        if (preparation?.emailRows === undefined) throw notRead(call);
        rows = preparation.emailRows;
      }
      const emails = changesEmails(values) ? emailEntries(values, rows) : [];
      return write(permit, { ...call, body: bodyOf(values, emails, false) }, emails, id);
    },

    /** Every row of a customer is looked at: primary and alternative emails. */
    async find(permit, email) {
      const filter = JSON.stringify({ 'contacts.value': { $eq: email } });
      const call: Call = { method: 'GET', path, query: { filter, includes, pageSize: largestLookUp } };
      const answer = await http(permit, call);
      return readable(observeAll(rowsIn(caller, call, answer, 'customers'), answer, permit));
    },

    preparing: {
      isNeeded: (action, values) => action === 'update' && changesEmails(values),
      async prepare(permit, id) {
        const { emailRows } = id === null ? { emailRows: [] } : await read(permit, id);
        return emailRows === undefined ? {} : { emailRows };
      },
    },
  };

  function notRead(call: Call) {
    return failed(side, call, 'contract', {
      status: null,
      refusedFields: ['email'],
      detail: 'not sent, the rows of its emails were not read',
    });
  }
}

/** A changed email names its row, whose id only a reading tells. */
function changesEmails(values: Fields): boolean {
  return values.email !== undefined || values.alternativeEmails !== undefined;
}

function pathOf(id: string): string {
  return `/customers/${id}.json`;
}

/** No welcome email goes out (R27). */
function bodyOf(values: Fields, emails: readonly EmailEntry[], creating: boolean) {
  const { company } = values;
  const included = {
    ...(typeof company === 'string' && company !== '' ? { companies: [{ id: jsonId(company) }] } : {}),
    ...(emails.length === 0 ? {} : { contacts: emails }),
  };
  return {
    customer: { ...renamed(values, keys), ...(creating ? { sendWelcomeEmail: false } : {}) },
    included,
  };
}

/** Keys of Desk's `errors`: the record's own, or places such as `included.contacts[0].value`. */
function fieldNamed(emails: readonly EmailEntry[]) {
  return (name: string): Field | null => {
    const entry = /contacts\[(\d+)\]/.exec(name);
    if (entry !== null) return emails[Number(entry[1])]?.isMain === true ? 'email' : 'alternativeEmails';
    if (name === 'email') return 'email';
    if (name.startsWith('contacts')) return 'alternativeEmails';
    if (/compan(?:y|ies)/.test(name)) return 'company';
    return (Object.keys(keys) as Field[]).find((field) => keys[field] === name) ?? null;
  };
}
