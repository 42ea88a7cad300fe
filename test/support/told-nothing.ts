/** Stands in for `workflows/tell-end.ts` where a test runs the workflow code of before there was one. */
export function tellEnd(): void {
  // Nothing was told.
}
