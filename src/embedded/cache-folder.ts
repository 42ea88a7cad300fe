/** Where what is fetched once is kept for all checkouts of a user. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folders in order of preference; the last lies in DATA_DIR, for users without a writable home. */
export function cacheFolders(xdgCacheHome: string | undefined, dataDir: string): readonly string[] {
  const home = userHome();
  return [
    ...(xdgCacheHome === undefined ? [] : [join(xdgCacheHome, 'teamwork-desk-sync')]),
    ...(xdgCacheHome === undefined && home !== undefined ? [join(home, '.cache', 'teamwork-desk-sync')] : []),
    join(dataDir, 'cache'),
  ];
}

function userHome(): string | undefined {
  try {
    return homedir();
  } catch {
    // No HOME and no entry in the system's list of users.
    return undefined;
  }
}
