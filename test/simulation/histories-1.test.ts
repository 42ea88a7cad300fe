/** Histories of the seeds from 1 on. */
import { holdsFor } from './seed-range';

holdsFor(1, 500);
