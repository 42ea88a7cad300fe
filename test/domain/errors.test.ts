import { ApiError, errorKinds, mayRetry } from '../../src/domain/errors';

test('the same call is made again only where what failed may pass by itself', () => {
  expect(errorKinds.filter(mayRetry)).toEqual(['rate_limited', 'unavailable', 'contract']);
  expect(errorKinds.filter((kind) => !mayRetry(kind))).toEqual([
    'auth',
    'forbidden',
    'gone',
    'conflict',
    'invalid',
  ]);
});

test('R15 a failed call says of what kind it is, and whether it may have taken effect', () => {
  const error = new ApiError('unavailable', 'No answer came.', { status: null, effectUnknown: true });
  expect(error).toMatchObject({
    ...{ name: 'ApiError', kind: 'unavailable', message: 'No answer came.' },
    facts: { status: null, effectUnknown: true },
  });
});
