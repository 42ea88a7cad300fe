/** An operator at the command line of a lab, users at the vendors' APIs, and what both then see. */
import { exitCode } from '../../src/cli/failures';
import { operate } from '../cli/operator';
import { site, type Lab } from './lab';
import { truthOf, type TruthRow } from './truth';
import { until } from './until';

export interface Explained {
  readonly kind: string;
  readonly link: number;
  readonly teamworkId: string | null;
  readonly deskId: string | null;
  readonly status: string;
  readonly reason: string;
}

const nobody: Explained = {
  kind: '',
  link: 0,
  teamworkId: null,
  deskId: null,
  status: 'none',
  reason: '',
};
export const desk = '/desk/api/v2';

export function operatorOf(labNow: () => Lab) {
  const cli = (argv: string) => operate({ parts: () => Promise.resolve(labNow().engine) }, argv);
  const done = async (argv: string): Promise<void> => {
    const { code, err } = await cli(argv);
    expect([argv, code, err]).toEqual([argv, exitCode.fine, '']);
  };
  const explain = async (record: string): Promise<Explained> => {
    const told = await cli(`explain ${record} --json`);
    // A record that nobody has read yet goes by no name.
    if (told.code === exitCode.no) return nobody;
    const { matches } = told.json() as { matches: readonly Explained[] };
    const [first] = matches.filter(({ status }) => status !== 'broken').concat(matches);
    if (first === undefined) throw new Error(`${record} names nothing.`);
    return first;
  };
  /** What became due is started, as the server does it. */
  const startDue = async (): Promise<void> => {
    const { store, client } = labNow().engine;
    for (const due of await store.claimDue(site, null, 50)) await client.entities.start(site, due);
  };
  const comesTrue = (isTrue: () => Promise<boolean>, instead?: () => unknown): Promise<void> =>
    until(async () => {
      await startDue();
      return isTrue();
    }, instead);
  /** Nothing is due that nobody holds back, and nothing is at work: an explanation tells what would be done, too. */
  const quiet = async (): Promise<boolean> => {
    const { open, ready } = await labNow().engine.store.drainState(site, null);
    return open + ready === 0;
  };
  /** All that was told of any record by now is done, and this one stands so. */
  const settled = (record: string, status = 'in_sync') => {
    let seen = nobody;
    return comesTrue(
      async () => {
        if (!(await quiet())) return false;
        seen = await explain(record);
        return seen.status === status;
      },
      () => `${record} is not ${status} but ${JSON.stringify(seen)}`,
    );
  };
  const inTeamwork = async (email: string): Promise<TruthRow | undefined> =>
    (await truthOf(labNow().sandbox)).teamwork.customer.find((row) => row.email === email);
  const inDesk = async (id: string | null): Promise<TruthRow | undefined> =>
    (await truthOf(labNow().sandbox)).desk.customer.find((row) => String(row.id) === id);
  const create = async (path: string, body: object): Promise<number> => {
    const answer = await labNow().sandbox.asUser('POST', path, body);
    return Number(/"id":"?(\d+)/.exec(JSON.stringify(answer))?.[1]);
  };
  const newDeskCompany = (name: string) => create(`${desk}/companies.json`, { company: { name } });
  const newCustomer = (customer: object, company: number) =>
    create(`${desk}/customers.json`, { customer, included: { companies: [{ id: company }] } });

  return { cli, done, explain, comesTrue, settled, inTeamwork, inDesk, create, newDeskCompany, newCustomer };
}
