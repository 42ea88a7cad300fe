/** Rows as they could stand in the tables once a migration was made: what the later ones come upon. */
import { sql, type RawBuilder } from 'kysely';

const rows: Readonly<Record<string, readonly RawBuilder<unknown>[]>> = {
  '0001-sites': [
    sql`insert into sites (site, url, key_id, teamwork_credential, desk_credential, settings, users, desk_pins, adopt_only)
      values ('acme', 'https://acme.test', 'k', 'x', 'x', '{"budgetShare":1}', '{}', '[]', false)`,
    sql`insert into runs (site, run, mode, state, phase) values ('acme', 'r', 'sync', 'running', 'customers')`,
    sql`insert into run_calls values ('acme', 'r', 'desk', 7)`,
    sql`insert into run_ticks values ('acme', 'r', 1, 7)`,
    sql`insert into budgets (site, side) values ('acme', 'desk'), ('acme', 'teamwork')`,
  ],
  '0002-mirror': [
    sql`insert into records (site, kind, side, id, fields, scope, signs_in, deleted, origin, read_at, presence, changed_at)
      select 'acme', 'company', side, '5', '{"name":"Zoë & Co"}', 'client', false, false, 'unknown', now(), 'present', '{}'
      from unnest('{teamwork,desk}'::text[]) side`,
    sql`insert into record_keys values ('acme', 'company', 'desk', '5', 'name', 'n:zoë')`,
    sql`insert into surveys (site, run, side, kind, present_before) values ('acme', 'r', 'desk', 'company', 0)`,
  ],
  '0003-links': [
    sql`insert into links (site, kind, phase, teamwork_id, desk_id, status, active_since, tombstone) values
      ('acme', 'company', 'active', '5', '5', 'in_sync', now(), null),
      ('acme', 'company', 'lone', null, '6', 'question', null, null),
      ('acme', 'company', 'broken', '7', '7', 'broken', null, '{}')`,
    sql`insert into questions (site, link, reason, candidates) select site, number, 'several', '{8,9}' from links
      where phase = 'lone'`,
    sql`insert into journal (site, link, event, detail) select site, number, 'linked', '{}' from links`,
  ],
  '0004-work': [
    sql`insert into due (site, link, kind, at, priority) select site, number, kind, now(), 1 from links`,
    sql`insert into plans (site, link, version, steps, known) select site, number, 1, '[]', '{}' from links`,
    sql`insert into intents (site, link, kind, plan, step, side, action, sent, source_base, state, settles_at)
      select site, link, 'company', id, 0, 'desk', 'update', '{}', '{}', 'sent', now() from plans`,
    sql`insert into identity_claims select site, kind, 'n:' || link, link, id from intents`,
  ],
  '0005-planned': [
    sql`insert into planned (site, run, kind, desk_id, name, outcome, reason, steps, replaced)
      values ('acme', 'r', 'company', '6', 'Six', 'question', 'several', '[]', '[]')`,
  ],
  '0006-deliveries': [
    sql`insert into deliveries (site, side, delivery, event, kind, record_id, news, body_hash, outcome)
      values ('acme', 'desk', 'd', 'customer.updated', 'customer', '5', 'changed', 'h', 'waiting')`,
    sql`insert into hook_sides (site, side, key_id, secret) values ('acme', 'desk', 'k', 'x')`,
    sql`insert into hooks (site, side, event, hook_id, kind, state)
      values ('acme', 'desk', 'customer.updated', '1', 'customer', 'active')`,
  ],
  '0007-watch': [
    sql`insert into watched values ('acme', 'desk', 'company', 'changed', now(), now())`,
    sql`insert into epochs values ('acme', 3)`,
  ],
  '0008-holds': [
    sql`insert into guards values ('acme', 'company')`,
    sql`insert into guarded_changes (site, kind, change, field, link) values ('acme', 'company', 'break', '', 1)`,
    sql`insert into holds (site, kind, change, field) values ('acme', 'company', 'break', '')`,
    sql`insert into hold_members (site, hold, link, exactly) select h.site, h.number, l.number, 'x' from holds h, links l`,
    sql`insert into announced (site, link, until) select site, number, now() from links`,
  ],
  '0009-operations': [
    sql`insert into answers (site, kind, teamwork, desk, verdict) values ('acme', 'company', '1', '2', 'apart')`,
    sql`insert into forgotten (site, side, id) values ('acme', 'desk', '9')`,
    sql`insert into new_companies (site, key, fields, domains, asked, state)
      values ('acme', 'n:new', '{}', '{}', 'yes', 'ordered')`,
  ],
  '0011-console': [
    sql`insert into console_users (name, role) values ('Ada', 'viewer')`,
    sql`insert into audit (who, what) values ('Ada', 'something')`,
  ],
};

export function rowsAsOf(migration: string): readonly RawBuilder<unknown>[] {
  return rows[migration] ?? [];
}
