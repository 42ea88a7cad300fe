import { verifySite } from '../../src/verify';
import type { Leashed } from '../../src/embedded/leash';
import { Gate, type Moment } from '../support/gate';
import { openLab, site, type Lab } from '../support/lab';
import { doubles, truthOf } from '../support/truth';

/** A side effect on a vendor, and what a user does so that an InitialSync comes to it. */
interface SideEffect {
  readonly call: RegExp;
  readonly arrange: (made: Maker) => Promise<unknown>;
}

/** Records made by a user through the vendors' APIs; every case has a name of its own. */
class Maker {
  constructor(
    private readonly lab: Lab,
    readonly name: string,
  ) {}

  async client(more: object = {}): Promise<number> {
    const { company } = await this.lab.sandbox.asUser<{ company: { id: number } }>(
      'POST',
      '/projects/api/v3/companies.json',
      { company: { name: this.name, ...more } },
    );
    return company.id;
  }

  async company(more: object = {}): Promise<number> {
    const { company } = await this.lab.sandbox.asUser<{ company: { id: number } }>(
      'POST',
      '/desk/api/v2/companies.json',
      { company: { name: this.name, ...more } },
    );
    return company.id;
  }

  contact(company: number, more: object = {}): Promise<unknown> {
    const person = {
      'first-name': 'Ada',
      'last-name': this.name,
      'email-address': `ada@${this.name}.test`,
      'company-id': company,
      'user-type': 'contact',
      ...more,
    };
    return this.lab.sandbox.asUser('POST', '/people.json', { person });
  }

  customer(company: number, more: object = {}): Promise<unknown> {
    return this.lab.sandbox.asUser('POST', '/desk/api/v2/customers.json', {
      customer: { firstName: 'Ada', lastName: this.name, email: `ada@${this.name}.test`, ...more },
      included: { companies: [{ id: company }] },
    });
  }
}

const effects: Readonly<Record<string, SideEffect>> = {
  'a company made in Desk': {
    call: /^POST \/desk\/api\/v2\/companies\.json/,
    arrange: (made) => made.client(),
  },
  'a customer made in Desk': {
    call: /^POST \/desk\/api\/v2\/customers\.json/,
    arrange: async (made) => made.contact(await made.client()),
  },
  'a company changed in Desk': {
    call: /^(PATCH|PUT) \/desk\/api\/v2\/companies\//,
    arrange: async (made) => {
      await made.company();
      await made.client({ website: `https://${made.name}.test` });
    },
  },
  'a customer changed in Desk': {
    call: /^(PATCH|PUT) \/desk\/api\/v2\/customers\//,
    arrange: async (made) => {
      await made.customer(await made.company());
      await made.contact(await made.client(), { userTwitterName: '@ada' });
    },
  },
  'a client changed in Teamwork.com': {
    call: /^PATCH \/projects\/api\/v3\/companies\//,
    arrange: async (made) => {
      await made.client();
      await made.company({ website: `https://${made.name}.test` });
    },
  },
  'a contact changed in Teamwork.com': {
    call: /^PUT \/people\//,
    arrange: async (made) => {
      await made.contact(await made.client());
      await made.customer(await made.company(), { twitterHandle: '@ada' });
    },
  },
  'an avatar put into the file storage': {
    call: /^PUT \/files\/uploads\//,
    arrange: async (made) => {
      await made.contact(await made.client());
      await made.customer(await made.company(), { avatarURL: '/files/avatars/person-3.png' });
    },
  },
};

const cases = Object.keys(effects).flatMap((effect) =>
  (['before', 'after'] as const).map((moment): [string, Moment] => [effect, moment]),
);

describe('R15: a worker killed around each side effect', () => {
  let lab: Lab;
  let gate: Gate;
  let worker: Leashed;

  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 2, people: 4, seed: 4, 'rate-limit': 60_000 },
      settleMs: 1_000,
      heartbeatTimeoutMs: 2_000,
    });
    gate = await Gate.open(lab.sandbox.url);
    worker = await lab.startWorker();
    await lab.connect(gate.url);
    await lab.runEnded(await lab.startRun());
  });
  afterAll(async () => {
    await lab.close();
    await gate.close();
  });

  test.each(cases)('%s, %s it takes effect: it is done once', async (name, moment) => {
    const effect = effects[name];
    if (effect === undefined) throw new Error(`There is no side effect ${name}.`);
    await effect.arrange(new Maker(lab, `case-${cases.findIndex(([n, m]) => n === name && m === moment)}`));

    const caught = gate.catchNext(effect.call, moment);
    const run = await lab.startRun();
    await caught;
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    worker = await lab.startWorker();
    await lab.runEnded(run);

    const { teamwork, desk } = await truthOf(lab.sandbox);
    for (const records of [teamwork, desk]) {
      expect(doubles(records.company.map((row) => row.name))).toEqual([]);
      expect(doubles(records.customer.map((row) => row.email))).toEqual([]);
    }
    expect((await verifySite(lab.engine, site)).differences).toEqual([]);
  });
});
