/** Whether what is kept and what is held in memory grew in the second half of a soak as it did not in the first. */
import { figure, percentile, type Figure } from '../figures';
import type { StoreSize } from './sizes';

interface Memory {
  readonly isLater: boolean;
  /** NaN: it was just being started again. */
  readonly mb: number;
}

export interface Samples {
  readonly worker: Memory[];
  readonly server: Memory[];
  /** At the begin, in the middle, at the end; and how many acts of users there had been. */
  readonly sizes: StoreSize[];
  readonly acts: number[];
}

const mostGrowth = 1.1;

export function flatness({ worker, server, sizes, acts }: Samples): readonly Figure[] {
  const [begin, middle, end] = sizes;
  const [before = 0, between = 0, after = 0] = acts;
  if (begin === undefined || middle === undefined || end === undefined) throw new Error('Sizes are missing.');
  const perRecord = ({ stateBytes, records }: StoreSize) => stateBytes / records;
  const perEdit = [
    (middle.historyBytes - begin.historyBytes) / (between - before),
    (end.historyBytes - middle.historyBytes) / (after - between),
  ] as const;
  const largest = Object.entries(end.tables).sort(([, one], [, other]) => other - one);
  return [
    ...ofMemory('worker', worker),
    ...ofMemory('server', server),
    figure('soak', 'state_bytes_per_record_at_begin', perRecord(begin), 'bytes', null),
    figure('soak', 'state_bytes_per_record_in_middle', perRecord(middle), 'bytes', null),
    figure('soak', 'state_bytes_per_record_at_end', perRecord(end), 'bytes', null),
    growth('state_bytes_per_record', perRecord(end) / perRecord(middle)),
    figure('soak', 'history_bytes_per_edit_first_half', perEdit[0], 'bytes', null),
    figure('soak', 'history_bytes_per_edit_second_half', perEdit[1], 'bytes', null),
    ...largest
      .slice(0, 8)
      .flatMap(([name, bytes]) => [
        figure('soak', `bytes_of_${name}_in_middle`, middle.tables[name] ?? 0, 'bytes', null),
        figure('soak', `bytes_of_${name}_at_end`, bytes, 'bytes', null),
      ]),
  ];
}

function ofMemory(name: string, samples: readonly Memory[]): readonly Figure[] {
  const [first, second] = [false, true].map((isLater) =>
    percentile(
      samples.flatMap((sample) => (sample.isLater === isLater && !Number.isNaN(sample.mb) ? sample.mb : [])),
      50,
    ),
  );
  return [
    figure('soak', `${name}_memory_first_half_median`, first ?? NaN, 'MB', null),
    figure('soak', `${name}_memory_second_half_median`, second ?? NaN, 'MB', null),
    growth(`${name}_memory`, (second ?? NaN) / (first ?? NaN)),
  ];
}

function growth(of: string, ratio: number): Figure {
  return figure('soak', `${of}_second_half_over_first`, ratio, 'ratio', { atMost: mostGrowth });
}
