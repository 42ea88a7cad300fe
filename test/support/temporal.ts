/** The run's Temporal server. */
export function temporalAddress(): string {
  const address = process.env.TEST_TEMPORAL_ADDRESS;
  if (address === undefined) {
    throw new Error(
      'No Temporal was started for this test: its folder is listed as `alone` in jest.config.cjs.',
    );
  }
  return address;
}
