/** The process of workers killed at one crash point, before or after it, in a history like any other. */
import type { Side } from '../../../src/domain/record';
import type { CrashPointName } from '../../support/crash-points';
import type { Moment } from '../../support/gate';
import type { Site } from '../engine/site';
import { at, edit } from '../history/chosen';
import type { Ordeal } from '../history/ordeal';
import { linked } from '../history/present';
import { linkHolding } from '../memory-store/link-rows';
import type { NamedPoint } from './trials';
import { Refusal } from '../products/products';
import type { Row } from '../products/rows';

/** Users do what leads there, again and again, until the process has died there. */
export function crashAt([name, point]: NamedPoint, moment: Moment, seed: number): Ordeal {
  const when = 5 + (seed % 10);
  return {
    before(site, operation) {
      if (operation === when) site.crashes.arm(point, moment);
      if (operation >= when && site.crashes.hits === 0) lead(site, name, seed + operation);
    },
    async atEnd(site) {
      for (let n = 0; n < triesAtEnd && site.crashes.hits === 0; n++) {
        lead(site, name, seed + firstAtEnd + n);
        await site.time.until(site.time.now + lookedForEveryMs);
      }
    },
    after: ({ crashes }) => (crashes.hits === 1 ? [] : [`not hit: ${name}, ${moment}`]),
  };
}

/** A short history may end before the engine has come to what leads there. */
const triesAtEnd = 60;
const firstAtEnd = 1_000;

/** What users do for the engine to come there. */
const leads: Readonly<Record<CrashPointName, (site: Site, seed: number) => void>> = {
  'a company made in Desk': (site, n) => void client(site, n),
  'a customer made in Desk': (site, n) => contact(site, n),
  'a company changed in Desk': (site, n) => editCompanyOn(site, 'teamwork', n),
  'a customer changed in Desk': (site, n) => editOn(site, 'teamwork', n),
  'a client changed in Teamwork.com': (site, n) => editCompanyOn(site, 'desk', n),
  'a contact changed in Teamwork.com': (site, n) => editOn(site, 'desk', n),
  'an avatar put into the file storage': (site, n) => {
    contact(site, n);
    edit(site, at(linked(site, 'customer'), n)?.desk, { avatar: `https://acme.test/crash${n}.png` });
  },
  'a client made in Teamwork.com': (site, n) => {
    askFor(site, site.products.create('user', 'desk', 'company', { name: `Asked for ${n}` }));
  },
  'a contact made in Teamwork.com': (site, n) => {
    const company = at(linked(site, 'company'), n)?.desk.id ?? '';
    askFor(site, site.products.create('user', 'desk', 'customer', { ...person(n), company }));
  },
  'a live edit of a customer': (site, n) => editOn(site, 'teamwork', n),
};

function lead(site: Site, name: string, n: number): void {
  const act = name in leads ? leads[name as CrashPointName] : leads['a customer changed in Desk'];
  try {
    act(site, n);
  } catch (error) {
    // The product did not take it, as it would not from a user.
    if (!(error instanceof Refusal)) throw error;
  }
  site.hooks.send();
}

const person = (n: number) => ({
  firstName: `Cora ${n}`,
  lastName: `Ash ${n}`,
  email: `cora${n}@crash.test`,
});

function client({ products }: Site, n: number): Row {
  return products.create('user', 'teamwork', 'company', { name: `Crash ${n}` });
}

function contact(site: Site, n: number): void {
  const company = client(site, n).id;
  site.products.create('user', 'teamwork', 'customer', { ...person(n), company });
}

/** Users delete and exchange, too: there is to be somebody left to edit. */
function editOn(site: Site, side: Side, n: number): void {
  contact(site, n);
  edit(site, at(linked(site, 'customer'), n)?.[side], { lastName: `Crash ${n}` });
}

function editCompanyOn(site: Site, side: Side, n: number): void {
  client(site, n);
  edit(site, at(linked(site, 'company'), n)?.[side], { website: `https://crash${n}.test` });
}

/** As soon as the engine knows of it. */
function askFor(site: Site, row: Row): void {
  const link = linkHolding(site.rows, row.kind, row);
  if (link === null) site.time.at(site.time.now + lookedForEveryMs, () => askFor(site, row));
  else void site.operators.operate(link, { verb: 'ask' });
}

const lookedForEveryMs = 10_000;
