import { describe, expect, test } from 'vitest';
import { isAppError } from '@/lib/errors';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { parseRepositoryUrl } from './repository-url';

describe('parseRepositoryUrl', () => {
  test.each([
    ['https://github.com/a/b', 'github.com/a/b'],
    ['https://github.com/a/b.git', 'github.com/a/b'],
    ['https://GitHub.com/A/B/', 'github.com/a/b'],
    ['https://github.com:443/a/b', 'github.com/a/b'],
    ['https://github.com./a//b', 'github.com/a/b'],
    ['git@github.com:a/b.git', 'github.com/a/b'],
    ['github.com:a/b', 'github.com/a/b'],
    ['ssh://git@github.com/a/b.git', 'github.com/a/b'],
    ['https://git.example.com/A/b', 'git.example.com/A/b'],
  ])('takes %s for %s', (input, key) => {
    expect(parseRepositoryUrl(input).key).toBe(key);
  });

  test('gives Git an address without trailing slash and keeps its case', () => {
    expect(parseRepositoryUrl('https://GitHub.com/Ada/Engine.git/')).toMatchObject({
      url: 'https://github.com/Ada/Engine.git',
      kind: 'https',
      host: 'github.com',
      name: 'Engine',
    });
  });

  test('turns the short SSH form into a URL', () => {
    expect(parseRepositoryUrl('me@git.example.com:team/app.git').url).toBe('ssh://me@git.example.com/team/app.git');
  });

  test.each([
    'file:///etc',
    '/srv/x',
    '\\\\host\\share',
    'ext::sh -c touch% /tmp/x',
    'ext::sh',
    'fd::17',
    'git://github.com/a/b',
    'ftp://github.com/a/b',
    'http://github.com/a/b',
    'javascript:alert(1)//',
    'relative/path',
    './relative',
  ])('refuses the scheme of %s', (input) => {
    expect(() => parseRepositoryUrl(input)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(?:repository_protocol_refused|invalid_request)$/) }),
    );
  });

  test.each([
    '--upload-pack=touch',
    '-cprotocol.ext.allow=always',
    'ssh://-oProxyCommand=touch/x',
    'git@-oProxyCommand=x:a/b',
    'ssh://-x@host/a',
    'https://github.com/-a/b',
    'https://github.com/a/..%2f..%2fb',
    'https://github.com/',
    'https://github.com',
    'https://github.com/a/b?x=1',
    'https://github.com/a/b#x',
    'https://github.com/a%0ab',
    'https://github.com/a\nb',
    'https://github.com/%E0%A4%A',
    'https://u:p@github.com/a/b',
    'https://token@github.com/a/b',
    'ssh://git:pw@github.com/a/b',
    'https://exa mple.com/a',
    '',
    '   ',
    `https://github.com/${'a'.repeat(2_030)}`,
  ])('refuses %s', (input) => {
    expect(() => parseRepositoryUrl(input)).toThrow(expect.objectContaining({ name: 'AppError' }));
  });

  test.each([22, 25, 5432, 6379, 80, 8443])('refuses port %i on a public host', (port) => {
    expect(() => parseRepositoryUrl(`https://git.example.com:${port}/a/b`)).toThrow(
      expect.objectContaining({ code: 'repository_address_refused' }),
    );
  });

  test('takes a port that an administrator allows, for that host only', () => {
    const rules = { allowedHosts: ['git.example.com:8443'] };

    expect(parseRepositoryUrl('https://git.example.com:8443/a/b', rules).port).toBe(8443);
    expect(() => parseRepositoryUrl('https://other.example.com:8443/a/b', rules)).toThrow();
  });

  test('never repeats credentials in its errors', () => {
    try {
      parseRepositoryUrl('https://ada:hunter2@github.com/a/b');
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toMatch(/hunter2|ada/);
    }
  });

  describe('with local repositories allowed', () => {
    const rules = { allowLocal: true };

    test.each([
      ['/srv/git/app.git', '/srv/git/app.git', 'file:///srv/git/app'],
      ['/srv/git/app/', '/srv/git/app', 'file:///srv/git/app'],
      ['/srv/git/../git/app/.git', '/srv/git/app/.git', 'file:///srv/git/app'],
      ['file:///srv/git/app', '/srv/git/app', 'file:///srv/git/app'],
      ['/srv/My Code/日本/app', '/srv/My Code/日本/app', 'file:///srv/My Code/日本/app'],
      ['file:///srv/My%20Code/app', '/srv/My Code/app', 'file:///srv/My Code/app'],
      ['http://127.0.0.1:8123/a/b', 'http://127.0.0.1:8123/a/b', '127.0.0.1:8123/a/b'],
      ['http://[::1]:8123/a/b.git', 'http://[::1]:8123/a/b.git', '[::1]:8123/a/b'],
      ['http://localhost:9999/a', 'http://localhost:9999/a', 'localhost:9999/a'],
    ])('takes %s', (input, url, key) => {
      expect(parseRepositoryUrl(input, rules)).toMatchObject({ url, key });
    });

    test.each([
      '/srv/a\nb',
      'file:///srv/a%0Ab',
      '/srv/a\u2028b',
      'http://10.0.0.1/a/b',
      'http://git.example.com/a',
      'file://host/share',
      'git@localhost:-x/y',
    ])('still refuses %s', (input) => {
      expect(() => parseRepositoryUrl(input, rules)).toThrow();
    });
  });

  test('answers a hostile address at once', () => {
    const started = cpuTimeMs();

    expect(() => parseRepositoryUrl(`https://${'a.'.repeat(5_000_000)}`)).toThrow();
    expect(cpuTimeMs() - started).toBeLessThan(200);
  });
});

describe('a mistake that can be mended at once is named', () => {
  const problemOf = (input: string, allowLocal: boolean) => {
    try {
      parseRepositoryUrl(input, { allowLocal });
    } catch (error) {
      return isAppError(error) ? error.details : error;
    }
    return null;
  };

  test.each([
    ['https://user:secret@git.example.com/a/b', { problem: 'credentials' }],
    ['~/x', { problem: 'relative' }],
    ['../git/bat.git', { problem: 'relative' }],
    ['github.com/owner/name', { problem: 'scheme', suggestion: 'https://github.com/owner/name' }],
    ['what is this', { problem: 'spaces' }],
    ['hello', { problem: 'incomplete_local' }],
    ['htp:/owner/name', { problem: 'unknown_scheme' }],
    ['https://', { problem: 'malformed' }],
  ])('in %s', (input, details) => {
    expect(problemOf(input, true)).toEqual(details);
  });

  test('paths are not proposed where they are not allowed', () => {
    expect(problemOf('owner/name', false)).toEqual({ problem: 'incomplete' });
  });

  test.each(['~/x', '../git/bat.git', '/srv/git/bat.git'])('where local paths are not allowed, in %s', (input) => {
    expect(problemOf(input, false)).toEqual({ problem: 'no_paths' });
  });
});
