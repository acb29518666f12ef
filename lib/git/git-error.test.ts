import { describe, expect, test } from 'vitest';
import { codeFromStderr, redact, shortReason } from './git-error';

describe('codeFromStderr', () => {
  test.each([
    [
      "fatal: unable to access 'https://tls.example/a/': Could not resolve host: tls.example",
      'repository_host_unknown',
    ],
    ["fatal: unable to access 'https://h/a/': The requested URL returned error: 302", 'repository_redirected'],
    [
      "fatal: unable to access 'https://h/': SSL certificate problem: certificate has expired",
      'repository_tls_expired',
    ],
    [
      "fatal: unable to access 'https://h/': SSL certificate problem: self-signed certificate",
      'repository_tls_untrusted',
    ],
    [
      "fatal: unable to access 'https://h/': SSL certificate problem: unable to get local issuer certificate",
      'repository_tls_untrusted',
    ],
    [
      "fatal: unable to access 'https://h/': server verification failed: certificate signer not trusted. (CAfile: none)",
      'repository_tls_untrusted',
    ],
    [
      "fatal: unable to access 'https://h/': SSL: no alternative certificate subject name matches target host name 'h'",
      'repository_tls_wrong_name',
    ],
    [
      "fatal: unable to access 'https://h/': SSL: certificate subject name (could not resolve host) does not match target host name 'h'",
      'repository_tls_wrong_name',
    ],
    ["fatal: unable to access 'https://h/': gnutls_handshake() failed: Error in the pull function.", 'repository_tls'],
    ["fatal: unable to access 'https://h/': server certificate verification failed.", 'repository_tls'],
    [
      'No ED25519 host key is known for h and you have requested strict checking.\nHost key verification failed.',
      'repository_host_key_unknown',
    ],
    [
      '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.',
      'repository_host_key_changed',
    ],
    ['error: cannot run ssh: No such file or directory\nfatal: unable to fork', 'ssh_missing'],
    ['git@h: Permission denied (publickey).', 'repository_auth_required'],
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
    ['error: write error: Disk quota exceeded', 'disk_full'],
    ['fatal: Out of memory, malloc failed (tried to allocate 9 bytes)', 'overloaded'],
    ['error: unable to create thread: Resource temporarily unavailable', 'overloaded'],
    ['remote: fatal: No space left on device\nfatal: the remote end hung up unexpectedly', 'repository_unreadable'],
    ['fatal: remote error: No space left on device', 'repository_unreadable'],
    ['fatal: protocol error: bad line length character: <htm', 'repository_unreadable'],
    ["fatal: invalid server response; got 'SSL certificate'", 'repository_unreadable'],
    ['usage: git fetch [<options>]', 'internal'],
    ['fatal: bad config line 1 in file /srv/x/config', 'repository_corrupt'],
    ['fatal: exceeded maximum include depth (10) while including', 'repository_corrupt'],
    ['error: hash mismatch 0123', 'repository_corrupt'],
    ['fatal: not a tree object', 'repository_corrupt'],
    ['fatal: bad object HEAD', 'repository_corrupt'],
    ['error: inflate: data stream error (incorrect header check)', 'repository_corrupt'],
    ['error: Unable to find 4b825dc642cb6eb9a060e54bf8d69288fbee4904 under http://h/a.git', 'repository_corrupt'],
    ['fatal: unable to open object pack directory: /x/pack: Permission denied', 'repository_unreadable'],
    ['fatal: unknown repository extension found:\n\trefstorage', 'repository_unsupported'],
    ['fatal: expected git repo version <= 1, found 2', 'repository_unsupported'],
    ['fetch-pack: unexpected disconnect while reading sideband packet\nfatal: early EOF', 'repository_unreachable'],
    ['ERROR: Repository not found.\nfatal: Could not read from remote repository.', 'repository_not_found'],
    [
      'ssh: connect to host h port 22: Connection refused\nfatal: Could not read from remote repository.',
      'repository_unreachable',
    ],
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

describe('shortReason', () => {
  test.each([
    ['fatal: not a git repository: /srv/elder/mirrors/x.git', 'not a git repository: …'],
    ["fatal: cannot open '/srv/my repos/x/HEAD': Permission denied", "cannot open '…': Permission denied"],
    ['error: first\nfatal: last\n', 'last'],
    ['warning: of no use\n', ''],
    [
      "fatal: unable to access 'https://ada:hunter2@h/a.git/?token=x': error: 500",
      "unable to access 'https://h/a.git/': error: 500",
    ],
    ['remote: call 555 now\nfatal: remote error: call 555 now', 'remote error'],
    ['fatal: bad\u0007\u001b[31m \u202Eline', 'bad  [31m  line'],
  ])('of %j is %j', (stderr, reason) => {
    expect(shortReason(stderr)).toBe(reason);
  });

  test('names no place given, and is short', () => {
    const reason = shortReason(`fatal: loose object in /srv/a b/objects is corrupt ${'x'.repeat(500)}`, ['/srv/a b']);

    expect(reason).toMatch(/^loose object in …/);
    expect(reason).not.toContain('objects');
    expect(reason).toHaveLength(160);
  });
});
