/** Methods of the store: each is one transaction, which nothing comes between, and answers as Postgres would, later. */

type Waiting<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...input: infer In) => Promise<infer Out>
    ? (...input: In) => Out
    : never;
};

export function transactions<Methods extends object>(methods: Waiting<Methods>): Methods {
  const later = Object.entries(methods as Record<string, (...input: unknown[]) => unknown>).map(
    ([name, method]) => [
      name,
      (...input: unknown[]) =>
        new Promise((resolve) => {
          resolve(method(...input));
        }),
    ],
  );
  return Object.fromEntries(later) as Methods;
}
