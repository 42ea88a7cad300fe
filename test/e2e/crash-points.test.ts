import { exitCode } from '../../src/cli/failures';
import { startDue } from '../../src/start-due';
import { verifySite } from '../../src/verify';
import type { Leashed } from '../../src/embedded/leash';
import { operate } from '../cli/operator';
import { crashPoints, type CrashPointName } from '../support/crash-points';
import { Gate, type Moment } from '../support/gate';
import { openLab, site, type Lab } from '../support/lab';
import { doubles, truthOf } from '../support/truth';
import { until } from '../support/until';

/** A side effect on a vendor, what a user does before, and what makes the engine come to it. */
interface SideEffect {
  readonly call: RegExp;
  /** Answers the id of what was made, where `begin` is about that. */
  readonly arrange: (made: Maker) => Promise<string>;
  /** An InitialSync, unless it says otherwise. */
  readonly begin?: (lab: Lab, id: string) => Promise<void>;
}

/** Records made by a user through the vendors' APIs; every case has a name of its own. */
class Maker {
  constructor(
    private readonly lab: Lab,
    readonly name: string,
  ) {}

  client(more: object = {}): Promise<string> {
    return this.create('/projects/api/v3/companies.json', { company: { name: this.name, ...more } });
  }

  company(more: object = {}): Promise<string> {
    return this.create('/desk/api/v2/companies.json', { company: { name: this.name, ...more } });
  }

  contact(company: string, more: object = {}): Promise<string> {
    const person = {
      'first-name': 'Ada',
      'last-name': this.name,
      'email-address': `ada@${this.name}.test`,
      'company-id': Number(company),
      'user-type': 'contact',
      ...more,
    };
    return this.create('/people.json', { person });
  }

  customer(company: string, more: object = {}): Promise<string> {
    return this.create('/desk/api/v2/customers.json', {
      customer: { firstName: 'Ada', lastName: this.name, email: `ada@${this.name}.test`, ...more },
      included: { companies: [{ id: Number(company) }] },
    });
  }

  /** What an InitialSync has seen by now. */
  async known(made: Promise<string>): Promise<string> {
    const id = await made;
    await this.lab.runEnded(await this.lab.startRun());
    return id;
  }

  async companyInDesk(): Promise<string> {
    const { desk } = await truthOf(this.lab.sandbox);
    return String(desk.company.find(({ name }) => name === this.name)?.id);
  }

  private async create(path: string, body: object): Promise<string> {
    const answer = JSON.stringify(await this.lab.sandbox.asUser('POST', path, body));
    return /"id":"?(\d+)/.exec(answer)?.[1] ?? '';
  }
}

const operator = async (lab: Lab, argv: string): Promise<void> => {
  const { code, err } = await operate({ parts: () => Promise.resolve(lab.engine) }, argv);
  expect([argv, code, err]).toEqual([argv, exitCode.fine, '']);
};

const effects: Readonly<Record<CrashPointName, SideEffect>> = {
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
      return made.client({ website: `https://${made.name}.test` });
    },
  },
  'a customer changed in Desk': {
    call: /^(PATCH|PUT) \/desk\/api\/v2\/customers\//,
    arrange: async (made) => {
      await made.customer(await made.company());
      return made.contact(await made.client(), { userTwitterName: '@ada' });
    },
  },
  'a client changed in Teamwork.com': {
    call: /^PATCH \/projects\/api\/v3\/companies\//,
    arrange: async (made) => {
      await made.client();
      return made.company({ website: `https://${made.name}.test` });
    },
  },
  'a contact changed in Teamwork.com': {
    call: /^PUT \/people\//,
    arrange: async (made) => {
      await made.contact(await made.client());
      return made.customer(await made.company(), { twitterHandle: '@ada' });
    },
  },
  'an avatar put into the file storage': {
    call: /^PUT \/files\/uploads\//,
    arrange: async (made) => {
      await made.contact(await made.client());
      return made.customer(await made.company(), { avatarURL: '/files/avatars/person-3.png' });
    },
  },
  'a client made in Teamwork.com': {
    call: /^POST \/projects\/api\/v3\/companies\.json/,
    arrange: (made) => made.known(made.company()),
    begin: (lab, id) => operator(lab, `add-as-client ${id}`),
  },
  'a contact made in Teamwork.com': {
    call: /^POST \/people\.json/,
    arrange: async (made) => {
      await made.known(made.client());
      return made.known(made.customer(await made.companyInDesk()));
    },
    begin: (lab, id) => operator(lab, `create-contact ${id}`),
  },
  'a live edit of a customer': {
    call: /^(PATCH|PUT) \/desk\/api\/v2\/customers\//,
    arrange: async (made) => made.known(made.contact(await made.client())),
    begin: async (lab, id) => {
      await lab.sandbox.asUser('PUT', `/people/${id}.json`, { person: { 'first-name': 'Edited' } });
      expect(await lab.engine.client.pollNow(site)).toBe(true);
    },
  },
};

const cases = (Object.keys(crashPoints) as CrashPointName[]).flatMap((effect) =>
  (['before', 'after'] as const).map((moment): [CrashPointName, Moment] => [effect, moment]),
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
    const effect: SideEffect = effects[name];
    const number = cases.findIndex(([n, m]) => n === name && m === moment);
    const id = await effect.arrange(new Maker(lab, `case-${number}`));

    const caught = gate.catchNext(effect.call, moment);
    const begun = effect.begin === undefined ? lab.startRun() : effect.begin(lab, id);
    await caught;
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    worker = await lab.startWorker();
    const run = await begun;
    if (typeof run === 'string') await lab.runEnded(run);
    // The watch's turns are far apart here, and what is due after the settle time is no run's.
    await until(async () => {
      await startDue(lab.engine, site);
      return (await verifySite(lab.engine, site)).differences.length === 0;
    });

    const { teamwork, desk } = await truthOf(lab.sandbox);
    for (const records of [teamwork, desk]) {
      expect(doubles(records.company.map((row) => row.name))).toEqual([]);
      expect(doubles(records.customer.map((row) => row.email))).toEqual([]);
    }
    expect((await verifySite(lab.engine, site)).differences).toEqual([]);
  });
});
