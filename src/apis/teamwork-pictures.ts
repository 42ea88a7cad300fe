/** How a picture gets into Teamwork.com: an address is asked for, the bytes are put there, the reference is written (teamwork.md §3). */
import { z } from 'zod';
import type { Permit } from '../ports/budget';
import { failed, notUnderstood, type Call } from './call';
import { FileUnavailable, fetchPicture, uploadPicture, type PictureRules } from './pictures';
import type { Caller } from './resource';

const place = z.object({ ref: z.string().min(1), url: z.string().min(1) });

/** The reference for `avatarPendingFileRef`, good for ten minutes; null where there is no usable picture. */
export async function takeUpPicture(
  { side, http }: Caller,
  rules: PictureRules,
  permit: Permit,
  address: string,
): Promise<string | null> {
  const path = '/projects/api/v1/pendingfiles/presignedurl.json';
  try {
    const picture = await fetchPicture(rules, address);
    if (picture === null) return null;
    const { bytes, extension } = picture;
    const call: Call = {
      method: 'GET',
      path,
      query: { fileName: `avatar.${extension}`, fileSize: String(bytes.length) },
    };
    const { body, status } = await http(permit, call);
    const { data } = place.safeParse(body);
    if (data === undefined) throw notUnderstood(side, call, status, 'no place for an upload');
    return (await uploadPicture(rules, data.url, picture)) ? data.ref : null;
  } catch (error) {
    if (!(error instanceof FileUnavailable)) throw error;
    throw failed(side, { method: 'GET', path }, 'unavailable', { status: null, detail: error.message });
  }
}
