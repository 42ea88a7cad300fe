/** Fills an empty world with the two sides of a file that `rehearse` wrote. */
import { readFileSync } from 'node:fs';
import type { World } from '../world';
import { plantCompany, plantCustomer, plantDeskCompany, plantPerson } from './plant';

type Value = string | readonly string[];

export interface RehearsalRow {
  readonly id: string;
  readonly scope: 'client' | 'owner' | 'staff' | 'service';
  readonly signsIn: boolean;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly fields: Readonly<Record<string, Value>>;
  readonly domains: readonly string[];
}

export interface Rehearsal {
  readonly format: string;
  readonly records: Readonly<
    Record<'teamwork' | 'desk', Readonly<Record<'company' | 'customer', readonly RehearsalRow[]>>>
  >;
}

const FORMAT = 'teamwork-desk-sync rehearsal 1';
const UNKNOWN_TIME = '2023-11-06T09:00:00Z';

/** Throws where the file is none of `rehearse`. */
export function readRehearsal(file: string): Rehearsal {
  const { format, records } = parsed(readFileSync(file, 'utf8'));
  if (format !== FORMAT || records === undefined) {
    throw new Error(`${file} is no file that \`rehearse\` of this version wrote`);
  }
  return { format, records };
}

/** Empty where it is no JSON, whose error would quote the file. */
function parsed(text: string): Partial<Rehearsal> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<Rehearsal>;
  } catch {
    return {};
  }
}

export function plantRehearsal(world: World, { records: { teamwork, desk } }: Rehearsal): void {
  const clients = new Map<string, number>();
  for (const row of teamwork.company) clients.set(row.id, plantClient(world, row));
  const owner = world.tables.teamworkCompanies.by('owner', 'owner')[0]?.id ?? 0;
  for (const row of teamwork.customer) plantContact(world, row, clients.get(text(row, 'company')) ?? owner);
  const companies = new Map<string, number>();
  for (const row of desk.company) {
    const fields = { name: text(row, 'name'), website: text(row, 'website'), email: text(row, 'email') };
    companies.set(row.id, plantDeskCompany(world, stamps(row), fields, row.domains).id);
  }
  for (const row of desk.customer) {
    const companyId = companies.get(text(row, 'company')) ?? null;
    const emails = [text(row, 'email'), ...list(row, 'alternativeEmails')];
    plantCustomer(
      world,
      stamps(row),
      {
        ...names(row),
        companyId,
        addMethod: companyId === null ? '' : 'manual',
        twitterHandle: text(row, 'twitter'),
        linkedinURL: text(row, 'linkedin'),
        facebookURL: text(row, 'facebook'),
      },
      emails,
    );
  }
}

/** The site's own company is there already, and takes this one's name. */
function plantClient(world: World, row: RehearsalRow): number {
  const fields = { name: text(row, 'name'), website: text(row, 'website'), emailOne: text(row, 'email') };
  const [owner] = world.tables.teamworkCompanies.by('owner', 'owner');
  if (row.scope !== 'owner' || owner === undefined) return plantCompany(world, stamps(row), fields).id;
  world.tables.teamworkCompanies.put({ ...owner, ...fields });
  return owner.id;
}

function plantContact(world: World, row: RehearsalRow, companyId: number): void {
  const [emailAlt1 = '', emailAlt2 = '', emailAlt3 = ''] = list(row, 'alternativeEmails');
  const email = text(row, 'email');
  plantPerson(world, stamps(row), {
    ...names(row),
    ...{ companyId, email, emailAlt1, emailAlt2, emailAlt3 },
    type: row.signsIn ? 'account' : 'contact',
    userName: row.signsIn ? email : '',
    isClientUser: row.signsIn && row.scope === 'client',
    isServiceAccount: row.scope === 'service',
    twitter: text(row, 'twitter'),
    linkedin: text(row, 'linkedin'),
    facebook: text(row, 'facebook'),
  });
}

function names(row: RehearsalRow) {
  return { firstName: text(row, 'firstName'), lastName: text(row, 'lastName') };
}

function stamps({ createdAt, updatedAt }: RehearsalRow) {
  return { createdAt: createdAt ?? UNKNOWN_TIME, updatedAt };
}

function text({ fields }: RehearsalRow, field: string): string {
  const value = fields[field] ?? '';
  return typeof value === 'string' ? value : '';
}

function list({ fields }: RehearsalRow, field: string): readonly string[] {
  const value = fields[field] ?? [];
  return typeof value === 'string' ? [] : value;
}
