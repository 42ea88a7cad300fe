/** Fields as people call them. */
import type { Field } from '../domain/record';

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
