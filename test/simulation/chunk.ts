/** What `main.ts` starts on each core: a chunk of seeds at a time, told back as it ends. */
import * as workflowModule from './engine/workflow-module';
import type { OrdealName } from './ordeals/trials';
import { replaceModule } from './replaced-module';

export type CampaignName = 'histories' | OrdealName;

export interface Chunk {
  readonly campaign: CampaignName;
  readonly first: number;
  readonly histories: number;
}

export interface ChunkResult {
  readonly marks: readonly (readonly [string, number])[];
  readonly failed: readonly string[];
}

/** Workflow code runs on the simulation's server instead of Temporal's. */
replaceModule(require.resolve('@temporalio/workflow'), workflowModule);
const loaded = Promise.all([import('./history/campaign.js'), import('./ordeals/campaigns.js')]);

process.on('message', ({ campaign: name, first, histories }: Chunk) => {
  void loaded.then(async ([{ campaign }, { ordeals }]) => {
    const { marks, failed } =
      name === 'histories' ? await campaign(first, histories) : await ordeals(name, first, histories);
    const result: ChunkResult = { marks: [...marks], failed };
    process.send?.(result);
  });
});
