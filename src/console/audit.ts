/** Notes who changed what, for the list of changes. */
import { noteChange as note } from '../change-note';
import type { Visit } from './route';

/** `site` null: it is of no site. `detail` as in `AuditEntry`. */
export function noteChange(
  { ports, user }: Pick<Visit, 'ports' | 'user'>,
  site: string | null,
  what: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return note(ports, user.name, site, what, detail);
}
