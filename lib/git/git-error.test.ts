import { describe, expect, test } from 'vitest';
import { codeFromStderr, redact } from './git-error';

describe('codeFromStderr', () => {
  test.each([
    [
      "fatal: unable to access 'https://tls.example/a/': Could not resolve host: tls.example",
      'repository_host_unknown',
    ],
    ["fatal: unable to access 'https://h/a/': The requested URL returned error: 302", 'repository_redirected'],
    ["fatal: unable to access 'https://h/': SSL certificate problem: certificate has expired", 'repository_tls'],
    ["fatal: unable to access 'https://h/': server certificate verification failed.", 'repository_tls'],
    ['Host key verification failed.', 'repository_tls'],
    ["fatal: transport 'ext' not allowed", 'repository_protocol_refused'],
    ["fatal: could not read Username for 'https://h': terminal prompts disabled", 'repository_auth_required'],
    ['git@h: Permission denied (publickey).', 'repository_auth_required'],
    ["fatal: unable to access 'https://h/': The requested URL returned error: 403", 'repository_auth_required'],
    ["fatal: repository 'https://ssl.example/a/' not found", 'repository_not_found'],
    ["fatal: '/srv/x' does not appear to be a git repository", 'repository_not_found'],
    ['error: RPC failed; curl 28 Operation too slow.', 'repository_timeout'],
    ["fatal: unable to access 'https://h/': Failed to connect to h port 443", 'repository_unreachable'],
    ["fatal: couldn't find remote ref refs/heads/x", 'repository_no_such_branch'],
    ['error: write error: No space left on device', 'disk_full'],
    ['fatal: early EOF\nfatal: fetch-pack: invalid index-pack output', 'repository_corrupt'],
    ['error: object directory is odd', 'repository_unreadable'],
  ])('names the reason of %j', (stderr, code) => {
    expect(codeFromStderr(stderr)).toBe(code);
  });
});

test('redact takes credentials out of all that Git prints', () => {
  const text = [
    "fatal: unable to access 'https://ada:hunter2@h/a?token=abc': error",
    'Authorization: Basic aHVudGVyMg==',
    'remote: invalid token ghp_0123456789abcdef',
  ].join('\n');

  expect(redact(text)).not.toMatch(/hunter2|abc|aHVudGVyMg|ghp_0/);
});
