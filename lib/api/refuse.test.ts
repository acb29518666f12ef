import { expect, test } from 'vitest';
import { methodLabel, refuse } from './refuse';

const request = (method: string, url: string, headers: Record<string, string> = {}) => ({ method, url, headers });

test.each([
  ['OPTIONS', '/api/v1/me', 405],
  ['PROPFIND', '/projects', 405],
  ['OPTIONS', '*', 405],
  ['GET', 'http://elsewhere/', 405],
  ['POST', '/x/../api/v1/projects', 400],
  ['GET', '/%2E%2e/api/v1/me', 400],
  ['GET', '/projects/.', 400],
  ['GET', '/x/..\\api/v1/me', 400],
])('%s %s is answered with %i', (method, url, status) => {
  expect(refuse(request(method, url), true)).toMatchObject({ status });
});

test('a page takes no body of unknown or large size', () => {
  expect(refuse(request('POST', '/api/auth/x', { 'transfer-encoding': 'chunked' }), true)).toMatchObject({
    status: 411,
  });
  expect(refuse(request('POST', '/api/auth/x', { 'content-length': '65537' }), true)).toMatchObject({ status: 413 });
});

test('forms of pages and every call of the API pass', () => {
  expect(refuse(request('POST', '/api/auth/x', { 'content-length': '300' }), true)).toBeNull();
  expect(refuse(request('GET', '/projects'), true)).toBeNull();
  expect(refuse(request('GET', '/projects/x/findings?path=../a/./b'), true)).toBeNull();
  expect(refuse(request('GET', '/rules/a..b/.well-known'), true)).toBeNull();
  expect(refuse(request('POST', '/api/v1/projects', { 'transfer-encoding': 'chunked' }), false)).toBeNull();
});

test('metrics keep a few methods, whatever clients send', () => {
  expect([methodLabel('GET'), methodLabel('BREW'), methodLabel(undefined)]).toEqual(['GET', 'other', 'other']);
});
