/** A pending file becomes a picture: each reference serves once. */
import type { Author } from '../table';
import type { World } from '../world';
import { InvalidData } from './errors';

/** The path under which the file is served from now on. */
export function usePendingFile(world: World, ref: string, author: Author): string {
  const file = world.tables.pendingFiles.by('ref', ref)[0];
  if (!file || file.used || file.storedAs === null) {
    throw new InvalidData('invalid', 'Temporary file reference not found');
  }
  world.tables.pendingFiles.update(file.id, { used: true }, author);
  return `/files/${file.storedAs}`;
}
