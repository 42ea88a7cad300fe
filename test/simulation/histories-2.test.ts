/** Histories of the seeds from 501 on. */
import { holdsFor } from './seed-range';

holdsFor(501, 500);
