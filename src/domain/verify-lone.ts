/** A record that no active link holds: should it have a counterpart (R1, R3–R7, R9), and if not, why? */
import { isBlank, isEmail } from './canonical';
import type { Link, Reason, Status } from './link';
import type { Finding } from './verify';
import { companyLinkOf, emailsOf, isPaused, type World } from './verify-index';
import type { Observation } from './record';

interface Excuse {
  readonly status: Status;
  readonly reason: Reason;
}

/** Null for a record that is another judgement's: held by an active link, or by a tombstone. */
export function judgeLone(world: World, record: Observation): Finding | null {
  const { side, kind, id } = record;
  const links = world.open[side][kind].get(id) ?? [];
  if (links.some(({ phase }) => phase === 'active')) return null;
  const link = links[0] ?? null;
  if (link === null && world.broken[side][kind].has(id)) return null;

  const subject = {
    kind,
    link: link?.number ?? null,
    ids: { teamwork: null, desk: null, [side]: id },
    fields: [],
  };
  const excuse = excuseOf(world, record, link);
  if (excuse !== null) return { ...subject, ...excuse };
  const reason = link?.reason ?? null;
  if (isPaused(world, kind, link)) return { ...subject, status: 'paused', reason: 'paused_by_operator' };
  if (link?.status === 'question' || link?.status === 'held')
    return { ...subject, status: link.status, reason };
  const cause = link?.status === 'failing' || link?.status === 'pending' ? link.status : 'no_counterpart';
  return { ...subject, cause, reason };
}

function excuseOf(world: World, record: Observation, link: Link | null): Excuse | null {
  if (record.kind === 'company') return companyExcuse(world, record, link);
  return outsideExcuse(world, record) ?? missingEssential(record) ?? unwantedExcuse(world, record, link);
}

function companyExcuse(world: World, record: Observation, link: Link | null): Excuse | null {
  if (record.scope !== 'client') return excluded('owner_company');
  // A match that waits to be written is no company that stands alone.
  const engaged = link?.status === 'failing' || link?.status === 'pending';
  if (record.side === 'desk' && link?.asked !== 'yes') {
    return engaged || link?.status === 'question'
      ? null
      : excluded(link?.asked === 'unchecked' ? 'unchecked' : 'not_asked');
  }
  if (isBlank(record.fields.name ?? '')) return excluded('missing_name');
  return world.adoptOnly && !engaged ? excluded('vendor_sync_running') : null;
}

/** R1, R6, R16: not a client's person, or in no company that is linked. */
function outsideExcuse(world: World, record: Observation): Excuse | null {
  const { side, scope, fields } = record;
  if (scope === 'service') return excluded('service_account');
  if (scope !== 'client') return excluded('owner_company_person');
  if (side === 'desk' && emailsOf(record).some((email) => world.staffEmails.has(email))) {
    return excluded('owner_company_person');
  }
  const company = String(fields.company ?? '');
  if (isBlank(company)) return excluded('no_company');
  if (companyLinkOf(world, record) !== null) return null;
  if (world.broken[side].company.has(company)) return excluded('company_broken');
  return side === 'teamwork'
    ? { status: 'waiting', reason: 'company_not_yet_linked' }
    : excluded('company_not_linked');
}

function missingEssential({
  fields: { firstName = '', lastName = '', email = '' },
}: Observation): Excuse | null {
  if (isBlank(firstName)) return excluded('missing_first_name');
  if (isBlank(lastName)) return excluded('missing_last_name');
  if (isBlank(email)) return excluded('missing_email');
  return isEmail(String(email)) ? null : excluded('malformed_email');
}

/** R7: a Desk customer becomes a contact only where the setting or somebody asks; who came before the setting waits. */
function unwantedExcuse(world: World, record: Observation, link: Link | null): Excuse | null {
  const engaged = link?.status === 'failing' || link?.status === 'pending' || link?.status === 'question';
  if (engaged) return null;
  if (world.adoptOnly) return excluded('vendor_sync_running');
  if (record.side === 'teamwork' || link?.asked === 'yes') return null;
  const said = link?.status === 'excluded' ? link.reason : null;
  if (said === 'earlier_customer' || said === 'automatic_creation_off') return excluded(said);
  return world.automaticallyCreateContacts ? null : excluded('automatic_creation_off');
}

function excluded(reason: Reason): Excuse {
  return { status: 'excluded', reason };
}
