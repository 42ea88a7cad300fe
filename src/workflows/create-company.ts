/** Makes one company that an operator ordered in Desk, and waits out an outcome that is not known (R5, R15). */
import { setCurrentDetails, sleep } from '@temporalio/workflow';
import type { MakeCompanyInput } from '../activities/make-company';
import type { NewCompanyResult } from './messages';
import { operatorsCalls } from './proxies';

export async function createCompany(input: MakeCompanyInput): Promise<NewCompanyResult> {
  const { makeCompany } = operatorsCalls();
  for (;;) {
    const result = await makeCompany(input);
    if (result.state !== 'settling') return result;
    setCurrentDetails('Desk did not answer; after a while it is asked whether the company is there.');
    await sleep(result.waitMs + 1);
  }
}
