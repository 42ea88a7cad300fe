/** What befalls the calls to one site's products, and the deliveries of their hooks, until it is told to end. */
import { sides } from '../../src/domain/record';
import type { Random } from '../../test/simulation/random';
import type { SandboxControls } from '../../test/support/sandbox-controls';

const kinds = [
  { kind: 'status', status: 429 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'reset_before' },
  { kind: 'reset_after' },
  { kind: 'html' },
  { kind: 'truncated' },
  { kind: 'empty_list' },
  { kind: 'slow', delayMs: 2_000 },
] as const;
const calm = { drop: 0, duplicate: 0, shuffle: 0, delayMs: 0, retryMs: 2_000 };

export class Troubles {
  /** By kind: how many calls it has hit. */
  readonly hits = new Map<string, number>();

  constructor(
    private readonly sandbox: SandboxControls,
    private readonly random: Random,
  ) {}

  /** What it was before ends, and something else begins. */
  async change(): Promise<void> {
    await this.clear();
    for (let n = 0; n < 3; n++) {
      const fault = { ...this.random.pick(kinds), side: this.random.pick(sides), probability: 0.2 };
      await this.sandbox.control('POST', 'faults', fault);
    }
    for (const side of sides) {
      const trouble = { drop: 0.2, duplicate: 0.3, shuffle: 0.3, delayMs: this.random.below(4_000) };
      await this.sandbox.control('POST', 'hooks', { ...calm, ...trouble, side });
    }
  }

  async end(): Promise<void> {
    await this.clear();
    for (const side of sides) await this.sandbox.control('POST', 'hooks', { ...calm, side });
  }

  private async clear(): Promise<void> {
    const { faults } = await this.sandbox.control<{ faults: { kind: string; hits: number }[] }>(
      'GET',
      'faults',
    );
    for (const { kind, hits } of faults) this.hits.set(kind, (this.hits.get(kind) ?? 0) + hits);
    await this.sandbox.control('DELETE', 'faults');
  }
}
