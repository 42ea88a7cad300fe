/**
 * Keeps the site and the call log in a directory: the seeded rows once, then every change, call and delivery as a line.
 * A line is on the file before the call it belongs to is answered, so a killed sandbox loses nothing acknowledged.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call, CallLog } from './call-log';
import type { DeliveryLog, LoggedDelivery } from './hooks/delivery-log';
import type { LineFile } from './line-file';
import { openForAppend, readLines } from './line-file';
import type { Row } from './table';
import type { Change, TableName, World } from './world';

const BATCH_LINES = 2_000;

interface Head {
  readonly lastCall: number;
  readonly lastDelivery?: number;
}

/** What the directory keeps. */
interface Kept {
  readonly world: World;
  readonly calls: CallLog;
  readonly deliveries: DeliveryLog;
}

export interface DataDirectory {
  /** Loads what an earlier run kept; false where there is nothing. */
  load(): boolean;
  /** Starts anew from the world as it stands: called after a seed. */
  startGeneration(): void;
  flush(): void;
  close(): void;
}

export function openDataDirectory(root: string, kept: Kept): DataDirectory {
  const { world, calls, deliveries } = kept;
  mkdirSync(root, { recursive: true });
  const pointer = join(root, 'current');
  let changesFile: LineFile | null = null;
  let callsFile: LineFile | null = null;
  let deliveriesFile: LineFile | null = null;
  let waiting: string[] = [];

  const current = () => (existsSync(pointer) ? Number(readFileSync(pointer, 'utf8')) : 0);
  const folder = (generation: number) => join(root, `generation-${generation}`);

  world.onChange((change) => {
    if (changesFile) waiting.push(changeLine(change));
  });
  calls.onCall((call) => callsFile?.append(JSON.stringify(call) + '\n'));
  deliveries.onDelivery((delivery) => deliveriesFile?.append(JSON.stringify(delivery) + '\n'));

  function open(generation: number): void {
    changesFile = openForAppend(join(folder(generation), 'changes.jsonl'));
    callsFile = openForAppend(join(folder(generation), 'calls.jsonl'));
    deliveriesFile = openForAppend(join(folder(generation), 'deliveries.jsonl'));
  }

  function close(): void {
    flush();
    changesFile?.close();
    callsFile?.close();
    deliveriesFile?.close();
    changesFile = callsFile = deliveriesFile = null;
  }

  function flush(): void {
    if (waiting.length === 0) return;
    changesFile?.append(waiting.join(''));
    waiting = [];
  }

  return {
    load() {
      const generation = current();
      if (generation === 0) return false;
      const read = (name: string, take: (line: unknown) => void) => {
        const path = join(folder(generation), name);
        try {
          readLines(path, take);
        } catch (error) {
          throw new Error(`${path} cannot be read; remove ${root} to begin with a new site`, {
            cause: error,
          });
        }
      };
      read('seed.jsonl', (line) => loadSeedLine(kept, line));
      // Opened first, for a generation of an earlier version has no deliveries yet.
      open(generation);
      read('changes.jsonl', (line) => loadChange(world, line as StoredChange));
      read('calls.jsonl', (line) => calls.restore(line as Call));
      read('deliveries.jsonl', (line) => deliveries.restore(line as LoggedDelivery));
      return true;
    },
    startGeneration() {
      waiting = [];
      close();
      const generation = current() + 1;
      rmSync(folder(generation), { recursive: true, force: true });
      mkdirSync(folder(generation));
      writeSeed(join(folder(generation), 'seed.jsonl'), world, {
        lastCall: calls.lastN(),
        lastDelivery: deliveries.lastId(),
      });
      open(generation);
      writeFileSync(`${pointer}.new`, String(generation));
      renameSync(`${pointer}.new`, pointer);
      rmSync(folder(generation - 1), { recursive: true, force: true });
    },
    flush,
    close,
  };
}

/** A change without its `before`, which the row it is applied to still has. */
type StoredChange = Omit<Change, 'before'>;

function changeLine(change: Change): string {
  const { before: _before, ...stored } = change;
  return JSON.stringify(stored) + '\n';
}

function writeSeed(path: string, world: World, head: Head): void {
  const file = openForAppend(path);
  let lines = [JSON.stringify(head)];
  for (const [name, table] of Object.entries(world.tables)) {
    for (const row of table.all()) {
      lines.push(JSON.stringify([name, row]));
      if (lines.length < BATCH_LINES) continue;
      file.append(lines.join('\n') + '\n');
      lines = [];
    }
  }
  if (lines.length > 0) file.append(lines.join('\n') + '\n');
  file.close();
}

function loadSeedLine({ world, calls, deliveries }: Kept, line: unknown): void {
  if (!Array.isArray(line)) {
    const { lastCall, lastDelivery = 0 } = line as Head;
    calls.continueFrom(lastCall);
    deliveries.continueFrom(lastDelivery);
    return;
  }
  const [name, row] = line as [TableName, Row];
  world.anyTable(name).put(row);
}

function loadChange(world: World, stored: StoredChange): void {
  const table = world.anyTable(stored.table as TableName);
  const before = table.get(stored.id) ?? null;
  if (stored.after === null) table.take(stored.id);
  else table.put(stored.after);
  world.changes.push({ ...stored, before });
}
