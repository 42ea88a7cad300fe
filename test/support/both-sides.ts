/** Short ways to make records on both sides of a sandbox, and to list them, through the vendors' own APIs. */
import type { OpenSandbox } from './sandbox-over-http';

export const V3 = '/projects/api/v3';
export const DESK = '/desk/api/v2';

export function bothSides(sandbox: () => OpenSandbox) {
  async function must(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await sandbox().call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  async function client(name: string): Promise<number> {
    const made = await must('POST', `${V3}/companies.json`, { company: { name } });
    return (made as { company: { id: number } }).company.id;
  }

  async function contact(email: string, companyId: number): Promise<number> {
    const person = {
      'first-name': 'Ana',
      'last-name': 'Silva',
      'email-address': email,
      'user-type': 'contact',
      'company-id': companyId,
    };
    return Number(((await must('POST', '/people.json', { person })) as { id: string }).id);
  }

  async function deskCompany(name: string, domain?: string): Promise<number> {
    const domains = domain === undefined ? [] : [{ name: domain }];
    const body = { company: { name }, included: { domains } };
    return ((await must('POST', `${DESK}/companies.json`, body)) as { company: { id: number } }).company.id;
  }

  async function customer(email: string, companyId?: number): Promise<number> {
    const companies = companyId === undefined ? [] : [{ id: companyId }];
    const body = { customer: { email }, included: { companies } };
    return ((await must('POST', `${DESK}/customers.json`, body)) as { customer: { id: number } }).customer.id;
  }

  /** The ids that a listing holds. */
  async function ids(path: string): Promise<number[]> {
    const body = (await must('GET', path)) as Record<string, unknown>;
    const rows = (body.people ?? body.companies ?? body.customers) as { id: number }[];
    return rows.map(({ id }) => id).sort((a, b) => a - b);
  }

  const filtered = (kind: string, filter: object) =>
    ids(`${DESK}/${kind}.json?filter=${encodeURIComponent(JSON.stringify(filter))}`);

  return { must, client, contact, deskCompany, customer, ids, filtered };
}
