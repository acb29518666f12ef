import { expect, test } from 'vitest';
import { compileGlob } from './path-glob';

test.each([
  ['src/*.ts', 'src/pay.ts', true],
  ['src/*.ts', 'src/shop/pay.ts', false],
  ['src/**/*.ts', 'src/pay.ts', true],
  ['src/**/*.ts', 'src/shop/deep/pay.ts', true],
  ['**/dto/**', 'app/dto/Pay.java', true],
  ['**/dto/**', 'app/dtos/Pay.java', false],
  ['src/legacy', 'src/legacy/pay.ts', true],
  ['src/legacy', 'src/legacy2/pay.ts', false],
  ['**vendor**', 'src/vendor/pay.py', true],
  ['?ay.go', 'pay.go', true],
  ['', 'pay.go', false],
])('%s on %s', (glob, path, isMatch) => {
  expect(compileGlob(glob)(path)).toBe(isMatch);
});

test('a hostile glob ends', () => {
  expect(compileGlob('**a'.repeat(60))(`${'a'.repeat(1000)}b`)).toBe(false);
});
