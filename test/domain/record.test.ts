import { essentialFields, fieldsOf, withoutPicture } from '../../src/domain/record';

test('R8 the fields that sync', () => {
  expect(fieldsOf).toEqual({
    company: ['name', 'website', 'email'],
    customer: [
      ...['firstName', 'lastName', 'email', 'company', 'alternativeEmails', 'avatar'],
      ...['twitter', 'linkedin', 'facebook'],
    ],
  });
});

test('R9 those without which a record is not created', () => {
  expect(essentialFields).toEqual({
    company: ['name'],
    customer: ['firstName', 'lastName', 'email', 'company'],
  });
});

test('R8 a picture is left out of plain values', () => {
  expect(withoutPicture({ firstName: 'Ada', avatar: 'https://files.test/1' })).toEqual({ firstName: 'Ada' });
});
