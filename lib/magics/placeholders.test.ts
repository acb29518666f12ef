import { expect, test } from 'vitest';
import type { FunctionFact } from './facts/code';
import { isDeliberatelyEmpty, leadingVerb, polymorphicNames } from './placeholders';

const method = (name: string, container: string | null, path = 'src/a.ts') =>
  ({ name, container, path }) as FunctionFact;

test.each([
  ['validateCard', 'validate'],
  ['validate_card', 'validate'],
  ['ValidateCard', 'validate'],
  ['_validate', 'validate'],
  ['HTTPSend', 'http'],
  ['決済', ''],
])('the verb of %s is "%s"', (name, verb) => {
  expect(leadingVerb(name)).toBe(verb);
});

test('a name shared by two classes or files is polymorphic, a name used twice in one class is not', () => {
  const functions = [
    method('save', 'A'),
    method('save', 'B'),
    method('load', 'A'),
    method('load', 'A'),
    method('run', null),
    method('pick', null, 'src/unix.ts'),
    method('pick', null, 'src/windows.ts'),
  ];

  expect([...polymorphicNames(functions)]).toEqual(['save', 'pick']);
});

test('names that announce doing nothing are deliberate', () => {
  expect(isDeliberatelyEmpty(method('send', 'NullMailer'))).toBe(true);
  expect(isDeliberatelyEmpty(method('noop', null))).toBe(true);
  expect(isDeliberatelyEmpty(method('send', 'Mailer'))).toBe(false);
});
