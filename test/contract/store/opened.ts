/** One opened store for a suite. */
import { aWorld, type MakeStore, type StoreUnderTest, type World } from '../../support/store-world';

export interface Opened {
  world(): Promise<World>;
  readonly ports: StoreUnderTest;
}

export function openedFor(make: MakeStore): Opened {
  let opened: StoreUnderTest | undefined;
  beforeAll(async () => {
    opened = await make();
  });
  afterAll(() => opened?.close());
  const ports = () => {
    if (opened === undefined) throw new Error('The store is opened before the first test.');
    return opened;
  };
  return {
    world: () => aWorld(ports()),
    get ports() {
      return ports();
    },
  };
}
