/** A program that looks for a Temporal CLI with nothing but its environment, and writes what it found or why not. */
import { readConfig } from '../../src/config';
import { cacheFolders } from '../../src/embedded/cache-folder';
import { findTemporal } from '../../src/embedded/temporal-binary';

const { temporalCliPath: cliPath, cacheHome, dataDir } = readConfig();
const { signal } = new AbortController();
findTemporal({ cliPath, cacheDirs: cacheFolders(cacheHome, dataDir), say: () => undefined, signal }).then(
  (path) => process.stdout.write(path),
  (error: unknown) => process.stdout.write(error instanceof Error ? error.message : String(error)),
);
