/** People of Teamwork.com: read by v2, the one listing that carries alternative emails and socials; written by v1. */
import type { Fields } from '../domain/record';
import type { Permit } from '../ports/budget';
import { failed, notUnderstood, type Call } from './call';
import type { Answer } from './http';
import { secondBefore } from './moments';
import { readable, readOne, rowsIn, type Caller, type Resource } from './resource';
import { deletedPeople } from './teamwork-deleted-people';
import { peopleListing, peopleQuery } from './teamwork-people-listing';
import { takeUpPicture } from './teamwork-pictures';
import { alternativeEmailSlots, observePerson, personBody } from './teamwork-person';
import type { PictureRules } from './pictures';
import { recordId } from './wire-values';

export function teamworkPeople(
  caller: Caller,
  of: {
    readonly ownerCompanyId: string | null;
    readonly companies: Resource;
    readonly pictures: PictureRules;
  },
): Resource {
  const { side, http } = caller;
  const { ownerCompanyId, companies, pictures } = of;
  const observe = (raw: unknown, permit: Permit) => observePerson(raw, ownerCompanyId, permit.grantedAt);
  const list = peopleListing(caller, observe, companies);

  /** Sends a v1 write; it answers an id and no record. */
  async function write(permit: Permit, call: Call, values: Fields): Promise<Answer> {
    const { company, alternativeEmails = [] } = values;
    if (company === '') throw refusedHere(call, 'company', 'a person without a company cannot be there');
    if (alternativeEmails.length > alternativeEmailSlots) {
      throw refusedHere(call, 'alternativeEmails', `more than ${alternativeEmailSlots}`);
    }
    return http(permit, call);
  }

  function refusedHere(call: Call, field: 'company' | 'alternativeEmails', detail: string) {
    return failed(side, call, 'invalid', {
      status: null,
      refusedFields: [field],
      detail: `not sent, ${detail}`,
    });
  }

  return {
    list: (permit, cursor) => list(permit, cursor),
    changes: (permit, since, cursor) => list(permit, cursor, { updatedAfterDateTime: secondBefore(since) }),
    deletions: deletedPeople(caller),

    async read(permit, id) {
      const call: Call = {
        method: 'GET',
        path: `/projects/api/v2/people/${id}.json`,
        query: { fullprofile: 'true' },
      };
      const answer = await http(permit, call);
      return readOne(caller, call, answer, id, observe(answer.body.person, permit));
    },

    async create(permit, values, preparation) {
      const body = personBody(values, 'create', preparation);
      const call: Call = { method: 'POST', path: '/people.json', body };
      const { status, headers, body: answer } = await write(permit, call, values);
      const id = recordId.safeParse(answer.id ?? headers.get('id'));
      if (!id.success) throw notUnderstood(side, call, status, 'no id of the new person');
      return { id: id.data, observation: null };
    },

    async update(permit, id, values, preparation) {
      const body = personBody(values, 'update', preparation);
      const call: Call = { method: 'PUT', path: `/people/${id}.json`, body };
      await write(permit, call, values);
      return { id, observation: null };
    },

    /** The exact look-up by primary email; the vendor has none by alternative email. */
    async find(permit, email) {
      const call: Call = {
        method: 'GET',
        path: '/projects/api/v2/people.json',
        query: { ...peopleQuery, page: '1', emailAddress: email },
      };
      const answer = await http(permit, call);
      const rows = rowsIn(caller, call, answer, 'people');
      if (Number(answer.headers.get('x-pages') ?? 1) > 1) {
        throw notUnderstood(side, call, answer.status, 'more candidates than one page holds');
      }
      return readable(rows.map((raw) => observe(raw, permit)));
    },

    preparing: {
      isNeeded: (_action, { avatar = '' }) => avatar !== '',
      prepare: async (permit, _id, { avatar = '' }) => ({
        pictureRef: await takeUpPicture(caller, pictures, permit, String(avatar)),
      }),
    },
  };
}
