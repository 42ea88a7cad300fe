/** Notes who changed what, for the list of changes. */
import type { Visit } from './route';

/** `site` null: it is of no site. `detail` as in `AuditEntry`. */
export function noteChange(
  { ports, user }: Pick<Visit, 'ports' | 'user'>,
  site: string | null,
  what: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return ports.accounts.noteAudit({ who: user.name, site, what, detail });
}
