/** Undo of what a run linked or created, as far as R24 lets it go: the links break, every record stays. */
import { noteChange } from './change-note';
import type { EngineParts } from './engine-parts';
import { operateOn } from './operate';
import type { RunLink } from './ports/reads';
import type { Run } from './ports/runs';
import type { Store } from './ports/store';
import { Refused } from './refused';
import { startDue } from './start-due';

export interface Undone {
  /** Numbers of the links that are broken now. */
  readonly unlinked: readonly number[];
  readonly refused: readonly { readonly link: number; readonly why: string }[];
}

const atATime = 8;

/** Null where there is no such run, or it was only a plan; throws `Refused` while it is under way. */
export async function runToUndo(store: Pick<Store, 'run'>, site: string, id: string): Promise<Run | null> {
  const run = await store.run(site, id);
  if (run === null || run.mode === 'plan') return null;
  if (run.state === 'running' || run.state === 'paused') {
    throw new Refused('The run is still under way: cancel it first, or wait for its end.');
  }
  return run;
}

/** What was unlinked is noted and followed up even where the rest could not be tried. */
export async function undoRun(
  parts: Pick<EngineParts, 'store' | 'client' | 'accounts'>,
  order: {
    readonly site: string;
    readonly run: string;
    readonly who: string;
    readonly links: readonly RunLink[];
    readonly tell?: (tried: number) => void;
  },
): Promise<Undone> {
  const { site, run, who, links, tell = () => undefined } = order;
  const unlinked: number[] = [];
  const refused: Undone['refused'][number][] = [];
  const queue = links.map(({ link }) => link);
  const unlinkNext = async (): Promise<void> => {
    for (let link = queue.shift(); link !== undefined; link = queue.shift()) {
      const { kind, number } = link;
      try {
        await operateOn(parts, site, { kind, link: number }, { verb: 'unlink' });
        unlinked.push(number);
      } catch (error) {
        if (!(error instanceof Refused)) {
          queue.length = 0;
          throw error;
        }
        refused.push({ link: number, why: error.message });
      }
      tell(unlinked.length + refused.length);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atATime }, unlinkNext));
  if (unlinked.length > 0) {
    await noteChange(parts, who, site, 'run undone', { run, links: unlinked.length });
    await startDue(parts, site);
  }
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return { unlinked, refused };
}
