/** A hold in one line. */
import type { Hold } from '../ports/holds';
import { countText, pluralOf } from './words';

export function holdText({ number, kind, change, field, count, version }: Hold): string {
  return `hold ${number}: ${what({ kind, change, field, count })}, set ${version}`;
}

function what({ kind, change, field, count }: Pick<Hold, 'kind' | 'change' | 'field' | 'count'>): string {
  switch (change) {
    case 'break':
      return `${countText(count, 'link')} of ${pluralOf[kind]} to be broken`;
    case 'field_change':
      return `${field ?? 'a field'} to be changed on ${countText(count, kind, pluralOf[kind])}`;
    case 'contact_creation':
      return `${countText(count, 'contact')} to be created`;
  }
}
