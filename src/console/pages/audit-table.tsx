/** Who changed what, the latest first. */
import type { AuditEntry } from '../../ports/accounts';
import { codeText } from '../../wording/words';
import { Empty, Table, Time } from './parts';

export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  if (entries.length === 0) return <Empty>Nothing has been changed yet.</Empty>;
  return (
    <Table heads={['when (UTC)', 'who', 'what', 'details']}>
      <tbody>
        {entries.map(({ at, who, what, detail }) => (
          <tr>
            <td>
              <Time at={at} />
            </td>
            <td>{who}</td>
            <th scope="row">{codeText(what)}</th>
            <td>
              {Object.entries(detail)
                .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
                .join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
