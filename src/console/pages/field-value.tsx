/** Fields and their values as people read them. */
import { isBlank } from '../../domain/canonical';
import type { Field, FieldValue } from '../../domain/record';

export const fieldTitles: Readonly<Record<Field, string>> = {
  name: 'name',
  website: 'website',
  email: 'email',
  firstName: 'first name',
  lastName: 'last name',
  company: 'company',
  alternativeEmails: 'other emails',
  avatar: 'avatar',
  twitter: 'Twitter',
  linkedin: 'LinkedIn',
  facebook: 'Facebook',
};

export function Value({ value }: { readonly value: FieldValue | undefined }) {
  if (value === undefined) return <span class="hint">not read</span>;
  if (isBlank(value)) return <span class="hint">blank</span>;
  return <>{typeof value === 'string' ? value : value.join(', ')}</>;
}
