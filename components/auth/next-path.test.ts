import { expect, test } from 'vitest';
import { safeNextPath } from './next-path';

test.each(['/projects', '/projects/new?url=x', '/rules/strict/no-eval#why', '/audits?cursor=a%2Fb'])(
  '%s is kept',
  (path) => {
    expect(safeNextPath(path)).toBe(path);
  },
);

test.each([
  null,
  undefined,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/\tevil',
  '/\n/evil.example',
  'javascript:alert(1)',
  '/api/v1/me',
  '/sign-in?next=/sign-in',
])('%j becomes the start page', (path) => {
  expect(safeNextPath(path)).toBe('/projects');
});
