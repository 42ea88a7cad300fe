/** Every route behind sign-in, in one table: who may use which is decided here and nowhere else. */
import { accountRoutes } from './account-routes';
import { attentionRoutes } from './attention-routes';
import { certificateRoutes } from './certificate-routes';
import { listRoutes } from './lists-routes';
import { overviewRoutes } from './overview-routes';
import { recordRoutes } from './record-routes';
import type { Route } from './route';
import { runRoutes } from './run-routes';
import { settingsRoutes } from './settings-routes';
import { undoRoutes } from './undo-routes';

export const routes: readonly Route[] = [
  ...overviewRoutes,
  ...listRoutes,
  ...recordRoutes,
  ...attentionRoutes,
  ...runRoutes,
  ...undoRoutes,
  ...certificateRoutes,
  ...settingsRoutes,
  ...accountRoutes,
];
