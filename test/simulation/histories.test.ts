/** So many that each mark is reached: the rarest are once in 500. */
import { simulate } from './simulate';

it('I1-I11 I16 I18-I24 I27 I30 hold in 2,000 histories, every mark is reached', async () => {
  const { failed, told } = await simulate(['--histories', '2000', '--seed', '1']);
  expect(failed ? told : '').toBe('');
});
