/** Histories of the seeds from 1501 on. */
import { holdsFor } from './seed-range';

holdsFor(1501, 500);
