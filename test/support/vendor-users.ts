/** Two users, one at each vendor's API: they make, edit and delete records, told in the words of R8's table. */
import type { Field, Fields, Kind, Side } from '../../src/domain/record';
import type { SandboxControls } from './sandbox-controls';
import { truthOf, type TruthRow } from './truth';

export const pathOf: Readonly<Record<Side, Readonly<Record<Kind, string>>>> = {
  teamwork: { company: '/projects/api/v3/companies', customer: '/people' },
  desk: { company: '/desk/api/v2/companies', customer: '/desk/api/v2/customers' },
};

type Keys = Readonly<Partial<Record<Field, string>>>;

/** As each vendor's write takes them; company, alternative emails and Teamwork.com's picture go another way. */
const written: Readonly<Record<Side, Keys>> = {
  teamwork: {
    firstName: 'first-name',
    lastName: 'last-name',
    email: 'email-address',
    twitter: 'userTwitterName',
    linkedin: 'userLinkedin',
    facebook: 'userFacebook',
  },
  desk: {
    firstName: 'firstName',
    lastName: 'lastName',
    email: 'email',
    avatar: 'avatarURL',
    twitter: 'twitterHandle',
    linkedin: 'linkedinURL',
    facebook: 'facebookURL',
  },
};

/** As the sandbox's truth names them. */
const kept: Readonly<Record<Side, Readonly<Record<Kind, Keys>>>> = {
  teamwork: {
    company: { name: 'name', website: 'website', email: 'emailOne' },
    customer: {
      firstName: 'firstName',
      lastName: 'lastName',
      email: 'email',
      company: 'companyId',
      avatar: 'avatarUrl',
      twitter: 'twitter',
      linkedin: 'linkedin',
      facebook: 'facebook',
    },
  },
  desk: {
    company: { name: 'name', website: 'website', email: 'email' },
    customer: {
      firstName: 'firstName',
      lastName: 'lastName',
      email: 'email',
      company: 'companyId',
      avatar: 'avatarURL',
      twitter: 'twitterHandle',
      linkedin: 'linkedinURL',
      facebook: 'facebookURL',
    },
  },
};

/** A row of the sandbox's truth in the words of R8's table. */
export function fieldsOf(side: Side, kind: Kind, truth: TruthRow): Fields {
  const row = truth as unknown as Readonly<Record<string, unknown>>;
  const plain = Object.entries(kept[side][kind]).map(([field, key]) => [field, told(row[key])] as const);
  const alternatives = row.alternativeEmails ?? [row.emailAlt1, row.emailAlt2, row.emailAlt3];
  const emails = (alternatives as readonly string[]).filter((email) => email !== '').sort();
  return {
    ...(Object.fromEntries(plain) as Fields),
    ...(kind === 'customer' ? { alternativeEmails: emails } : {}),
  };
}

export function vendorUsers(sandbox: SandboxControls) {
  async function rowOf(side: Side, kind: Kind, id: number): Promise<TruthRow | undefined> {
    return (await truthOf(sandbox))[side][kind].find((row) => row.id === id);
  }

  /** The record's fields as they stand; `{}` where it is deleted. A company is its id, '' for none. */
  async function valuesOf(side: Side, kind: Kind, id: number): Promise<Fields> {
    const row = await rowOf(side, kind, id);
    return row === undefined ? {} : fieldsOf(side, kind, row);
  }

  async function bodyOf(side: Side, kind: Kind, values: Fields, id: number | null): Promise<object> {
    if (kind === 'company') {
      const { email, ...others } = values;
      const mail = email === undefined ? {} : { [side === 'desk' ? 'email' : 'emailOne']: email };
      return { company: { ...others, ...mail } };
    }
    const { company, alternativeEmails, avatar, ...others } = values;
    const plain: Readonly<Record<string, unknown>> = Object.fromEntries(
      Object.entries(side === 'desk' && avatar !== undefined ? { ...others, avatar } : others).map(
        ([field, value]) => [written[side][field as Field] ?? field, value] as const,
      ),
    );
    if (side === 'desk') {
      const before = id === null ? {} : await valuesOf('desk', 'customer', id);
      const contacts =
        alternativeEmails === undefined ? [] : await contactRows(id, [alternativeEmails].flat());
      const companies =
        company === undefined
          ? []
          : [company === '' ? { id: Number(before.company), delete: true } : { id: Number(company) }];
      return { customer: plain, included: { companies, contacts } };
    }
    const slots = [alternativeEmails ?? []].flat();
    const picture =
      avatar === undefined
        ? {}
        : avatar === ''
          ? { removeAvatar: true }
          : { avatarPendingFileRef: await uploaded() };
    return {
      person: {
        ...plain,
        ...(id === null ? { 'user-type': 'contact' } : {}),
        ...(company === undefined ? {} : { 'company-id': Number(company) }),
        ...(alternativeEmails === undefined
          ? {}
          : Object.fromEntries([1, 2, 3].map((slot) => [`email-alt-${slot}`, slots[slot - 1] ?? '']))),
        ...picture,
      },
    };
  }

  /** Desk's writes of contacts add: what is to go is named with its row. */
  async function contactRows(id: number | null, emails: readonly string[]): Promise<object[]> {
    const { desk } = await sandbox.control<{ desk: { contacts: readonly ContactRow[] } }>('GET', 'truth');
    const rows = desk.contacts.filter(
      (row) => row.customerId === id && row.state === 'active' && row.type === 'email' && !row.isMain,
    );
    return [
      ...rows.filter(({ value }) => !emails.includes(value)).map((row) => ({ id: row.id, delete: true })),
      ...emails.map((value) => ({ type: 'email', value })),
    ];
  }

  /** A picture of one pixel, as a user's browser uploads it. */
  async function uploaded(): Promise<string> {
    const bytes = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    const place = await sandbox.asUser<{ ref: string; url: string }>(
      'GET',
      `/projects/api/v1/pendingfiles/presignedurl.json?fileName=a.gif&fileSize=${bytes.length}`,
    );
    const headers = { 'Content-Type': 'image/gif', 'X-Amz-Acl': 'public-read' };
    const answer = await fetch(place.url, { method: 'PUT', headers, body: bytes });
    if (!answer.ok) throw new Error(`The upload answered ${answer.status}.`);
    return place.ref;
  }

  return {
    rowOf,
    valuesOf,

    async create(side: Side, kind: Kind, values: Fields): Promise<number> {
      const answer = await sandbox.asUser(
        'POST',
        `${pathOf[side][kind]}.json`,
        await bodyOf(side, kind, values, null),
      );
      return Number(/"id":"?(\d+)/.exec(JSON.stringify(answer))?.[1]);
    },

    async edit(side: Side, kind: Kind, id: number, values: Fields): Promise<void> {
      const method = side === 'teamwork' && kind === 'customer' ? 'PUT' : 'PATCH';
      const path = `${pathOf[side][kind]}/${id}.json`;
      await sandbox.asUser(method, path, await bodyOf(side, kind, values, id));
    },

    async remove(side: Side, kind: Kind, id: number): Promise<void> {
      await sandbox.asUser('DELETE', `${pathOf[side][kind]}/${id}.json`);
    },
  };
}

interface ContactRow {
  readonly id: number;
  readonly customerId: number;
  readonly state: string;
  readonly type: string;
  readonly value: string;
  readonly isMain: boolean;
}

function told(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
