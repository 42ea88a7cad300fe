/** Histories of the seeds from 1001 on. */
import { holdsFor } from './seed-range';

holdsFor(1001, 500);
