import { describe, expect, test } from 'vitest';
import { headersFor } from './security-headers';

describe.each(['/', '/projects', '/nothing', '/api/v1/me', '/api/auth/session', '/socket.io/', '/_next/static/a.js'])(
  'an answer to %s',
  (url) => {
    test('is not framed, guessed at or told on', () => {
      expect(headersFor(url)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    });
  },
);

test.each(['/', '/projects', '/sign-in?next=/_next/', '/api/v1/me', '/api/auth/session'])(
  '%s is kept by nobody on the way',
  (url) => {
    expect(headersFor(url)['cache-control']).toBe('no-store');
  },
);

test('files of a build may be kept: Next.js says how long', () => {
  expect(headersFor('/_next/static/chunks/a.js')).not.toHaveProperty('cache-control');
});

test('what is no page runs nothing; pages have a policy of their own', () => {
  const policies = ['/api/v1/me', '/api/auth/signin', '/projects'].map(
    (url) => headersFor(url)['content-security-policy'],
  );

  expect(policies).toEqual([...Array(2).fill("default-src 'none'; frame-ancestors 'none'"), undefined]);
});

test('a shared report tells nobody its address', () => {
  expect(headersFor('/shared/abc')).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'cache-control': 'no-store',
  });
});
