/** What a form says of a site to connect. */
import { Refused } from '../refused';
import { readPastDate, readSiteName, readSiteUrl, type Reading } from '../site-forms';
import type { FormValues } from './route';

/** Nothing was done yet, and nothing is. */
export function given<T>(reading: Reading<T>): T {
  if ('problem' in reading) throw new Refused(`${reading.problem} Nothing was done.`);
  return reading.value;
}

export function newSite(form: FormValues) {
  const created = form.text('deskCreated');
  return {
    site: given(readSiteName(form.text('site'))),
    url: given(readSiteUrl(form.text('url'))),
    credentials: { teamwork: form.text('teamworkToken'), desk: form.text('deskToken') },
    ...(created === '' ? {} : { deskCreatedAt: given(readPastDate(created)) }),
  };
}
