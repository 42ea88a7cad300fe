/** Anomalies and faults that histories must lead to: one that is not met is not tested. */
export const marksToReach: readonly string[] = [
  ...['A01', 'A06', 'A07', 'A08', 'A12', 'A14', 'A15', 'A16', 'A17', 'A24', 'A25', 'A28', 'A30', 'A31'],
  ...['A33', 'A35', 'A36', 'A45', 'A50', 'A52', 'A53', 'A54', 'A56', 'I27'],
  ...['failed_before', 'failed_after', 'cut', 'rate_limited', 'web_page', 'stale_read'].map(
    (kind) => `fault:${kind}`,
  ),
  ...['empty_list', 'short_list', 'shrunken_list', 'lacking_list', 'partial_list'].map(
    (kind) => `fault:${kind}`,
  ),
];
