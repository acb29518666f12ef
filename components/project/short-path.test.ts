import { expect, test } from 'vitest';
import { shortPath } from './short-path';

test('a short path stays whole', () => {
  expect(shortPath('src/index.ts')).toBe('src/index.ts');
});

test('a long path keeps its beginning and its file name', () => {
  const shown = shortPath('packages/runtime-core/__tests__/components/very/deep/Suspense.spec.ts', 40);

  expect(shown).toBe('packages/runtime-core/…/Suspense.spec.ts');
  expect(shown.length).toBeLessThanOrEqual(40);
});

test('a file name that is too long keeps its end', () => {
  expect(shortPath(`a/${'x'.repeat(60)}.ts`, 20)).toBe(`…${'x'.repeat(16)}.ts`);
});
