/** A company is made in Desk, and a client of it where the box is checked (R5). */
import type { SyncClient } from './client';
import { operateOn, refuseBeforeFirstSync, type Done } from './operate';
import type { NewCompany, Ordered } from './ports/new-companies';
import type { OperationStore } from './ports/operations';
import type { Store } from './ports/store';
import { Refused } from './refused';

interface NewCompanyPorts {
  readonly store: Store;
  readonly operations: OperationStore;
  readonly client: Pick<SyncClient, 'operate' | 'createCompany'>;
}

/** `joined`: a broken link of that name was joined again instead (R22). */
export type MadeCompany =
  | { readonly made: { readonly link: number; readonly deskId: string } }
  | { readonly joined: Done }
  /** Desk has not answered: it is looked for, and asking again never makes it twice (R15). */
  | { readonly unknown: true };

const refusals = {
  refused: 'Desk refused the company as it was given.',
  forbidden: 'The Desk credential may not make companies: `doctor` says what it lacks.',
  paused: 'The site is paused, so nothing was made. `resume` lets it go on; ask again then.',
  frozen: 'The site is frozen, so nothing was made: `doctor` says what to do.',
} as const;

/** Throws `Refused`. */
export async function makeCompany(
  ports: NewCompanyPorts,
  site: string,
  company: NewCompany,
): Promise<MadeCompany> {
  await refuseBeforeFirstSync(ports, site);
  const ordered = await ports.operations.orderCompany(site, company);
  if ('tombstone' in ordered) {
    const link = { kind: 'company', link: ordered.tombstone } as const;
    return { joined: await operateOn(ports, site, link, { verb: 'ask' }) };
  }
  const result = await ports.client.createCompany(site, orderOf(ordered));
  if (result === null) return { unknown: true };
  if (result.state === 'made') return { made: { link: result.link, deskId: result.deskId } };
  const { why, holder } = result;
  if (why !== 'taken') throw new Refused(refusals[why], { refused: why });
  const who = holder === null ? '' : `: company desk:${holder}`;
  const instead =
    company.addAsClient && holder !== null ? ` \`add-as-client ${holder}\` makes that one a client.` : '';
  throw new Refused(`Its name is taken in Desk${who}. Nothing was made.${instead}`, {
    refused: 'taken',
    holder: holder === null ? null : { side: 'desk', id: holder },
  });
}

function orderOf(ordered: Exclude<Ordered, { tombstone: number }>): string {
  if ('taken' in ordered) {
    const { id, link } = ordered.taken;
    throw new Refused(
      `Its name is taken in Teamwork.com: company teamwork:${id}${link === null ? ', the owner company' : `, link ${link}`}. Nothing was made.`,
      { refused: 'taken', holder: ordered.taken },
    );
  }
  if ('underWay' in ordered) {
    throw new Refused('Another company of this name is being made. Ask again when it is.');
  }
  return ordered.order;
}
