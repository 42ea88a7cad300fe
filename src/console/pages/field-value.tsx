/** Values of fields as people read them. */
import { isBlank } from '../../domain/canonical';
import type { FieldValue } from '../../domain/record';

export function Value({ value }: { readonly value: FieldValue | undefined }) {
  if (value === undefined) return <span class="hint">not read</span>;
  if (isBlank(value)) return <span class="hint">blank</span>;
  return <>{typeof value === 'string' ? value : value.join(', ')}</>;
}
