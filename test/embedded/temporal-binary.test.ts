import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';

const current = 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)';

/** A program that answers `--version` with this line, and nothing else. */
function program(folder: string, name: string, version: string): string {
  const path = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho '${version}'\n`);
  chmodSync(path, 0o755);
  return path;
}

/** What is found on a machine with an empty path, no cache, no Go and no internet, but for what the test gives it. */
function find(settings: Record<string, string>): string {
  const nowhere = 'http://127.0.0.1:9';
  const bare = {
    PATH: temporaryFolder(),
    XDG_CACHE_HOME: temporaryFolder(),
    DATA_DIR: temporaryFolder(),
    HTTPS_PROXY: nowhere,
    https_proxy: nowhere,
  };
  const script = join(__dirname, '../support/find-temporal.ts');
  const found = spawnSync(process.execPath, ['--import', 'tsx', script], {
    encoding: 'utf8',
    env: { ...bare, ...settings },
  });
  return found.stdout;
}

describe('finding the Temporal CLI', () => {
  test('the configured one comes first', () => {
    const folder = temporaryFolder();
    const configured = program(folder, 'my-temporal', current);
    expect(find({ TEMPORAL_CLI_PATH: configured, PATH: `${folder}:/bin` })).toBe(configured);
  });

  test('a configured one that is missing is told, and no other taken for it', () => {
    const folder = temporaryFolder();
    program(folder, 'temporal', current);
    const says = find({ TEMPORAL_CLI_PATH: '/no/such/temporal', PATH: `${folder}:/bin` });
    expect(says).toMatch(/TEMPORAL_CLI_PATH: not found\nSet TEMPORAL_CLI_PATH/);
  });

  test('one on the path comes before the cache', () => {
    const [path, cache] = [temporaryFolder(), temporaryFolder()];
    program(path, 'temporal', current);
    program(join(cache, 'teamwork-desk-sync'), 'temporal-1.5.1', current);
    expect(find({ PATH: `${path}:/bin`, XDG_CACHE_HOME: cache })).toBe('temporal');
  });

  test('one on the path that is too old gives way to the cached one', () => {
    const [path, cache] = [temporaryFolder(), temporaryFolder()];
    program(path, 'temporal', 'temporal version 1.1.2 (Server 1.25.2, UI 2.31.2)');
    const cached = program(join(cache, 'teamwork-desk-sync'), 'temporal-1.5.1', current);
    expect(find({ PATH: `${path}:/bin`, XDG_CACHE_HOME: cache })).toBe(cached);
  });

  test('a cache that cannot be written gives way to the one in DATA_DIR', () => {
    const [file, dataDir] = [join(temporaryFolder(), 'file'), temporaryFolder()];
    writeFileSync(file, '');
    const cached = program(join(dataDir, 'cache'), 'temporal-1.5.1', current);
    expect(find({ XDG_CACHE_HOME: file, DATA_DIR: dataDir })).toBe(cached);
  });

  test('a build is kept for the next start', () => {
    const [path, cache] = [temporaryFolder(), temporaryFolder()];
    const go = `#!/bin/sh\n[ "$1" = install ] && printf '#!/bin/sh\\necho "${current}"\\n' >"$GOBIN/temporal" && chmod +x "$GOBIN/temporal"\nexit 0\n`;
    writeFileSync(join(path, 'go'), go, { mode: 0o755 });
    const kept = join(cache, 'teamwork-desk-sync', 'temporal-1.5.1');
    expect(find({ PATH: `${path}:/usr/bin:/bin`, XDG_CACHE_HOME: cache })).toBe(kept);
    expect(readdirSync(join(cache, 'teamwork-desk-sync'))).toEqual(['temporal-1.5.1']);
    expect(find({ XDG_CACHE_HOME: cache, PATH: '/bin' })).toBe(kept);
  });

  test('where none can be had every attempt is listed with what it said, and one thing to do', () => {
    const says = find({});
    expect(says).toMatch(/^No Temporal CLI can be had on this machine\. Tried:\n/);
    expect(says).toContain('- `temporal` on the PATH: not found');
    expect(says).toMatch(/- the cache, \S+temporal-1\.5\.1: not found/);
    expect(says).toMatch(/- download by the SDK: .+/);
    expect(says).toMatch(
      /- go install github\.com\/temporalio\/cli\/cmd\/temporal@v1\.5\.1: Go is not installed/,
    );
    expect(says).toMatch(/set TEMPORAL_CLI_PATH to it and start again\.$/);
  });
});
