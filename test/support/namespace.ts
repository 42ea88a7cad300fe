/** A Temporal namespace of a test's own, with the attributes that operators filter by. */
import { randomBytes } from 'node:crypto';
import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { attribute } from '../../src/workflows/search-attributes';

/** Its name. `attributes`: those of the engine unless others are given. */
export async function newNamespace(
  connection: Connection,
  attributes: readonly string[] = Object.values(attribute).map(({ name }) => name),
): Promise<string> {
  const namespace = `test-${randomBytes(4).toString('hex')}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  await untilKnown(() =>
    connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(attributes.map((name) => [name, keyword])),
    }),
  );
  return namespace;
}

/** A new namespace is known to all of the server only after a moment. */
export async function untilKnown<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (tries > 100 || !/not found/i.test(String(error))) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
