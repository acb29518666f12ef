import { expect, test } from 'vitest';
import { collectBlob } from '../collect-blob';
import { parseLog } from '../history/parse-log';
import { findSecrets, maskSecrets } from './secrets';

// Put together here so that scanners of this repository do not take it for a leak.
const TOKEN = ['ghp_', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ', '0mLq17'].join('');
const KEY = Array.from({ length: 4 }, (_, row) => Buffer.from(`${TOKEN}:${row * 7919}:${TOKEN}`).toString('base64'));
const PEM = [`-----BEGIN ${'RSA PRIVATE KEY'}-----`, ...KEY, '-----END RSA PRIVATE KEY-----'];
const ROWS = [
  `# TODO: rotate ${TOKEN}`,
  `# ${'x'.repeat(470)} ${TOKEN}`,
  'import os',
  'def f(x):',
  '    try:',
  `        return eval(x + "${TOKEN}")`,
  '    except:',
  '        pass',
  `def test_${TOKEN}():`,
  '    pass',
  ...PEM.map((line) => `# ${line}`),
  '',
];

test('no fact of a file keeps a credential that stands in it', async () => {
  const facts = await collectBlob('src/a.py', Buffer.from(ROWS.join('\n')));

  const kept = JSON.stringify(facts);
  expect(facts.secrets.map(({ kind }) => kind)).toContain('private-key');
  expect(facts.comments.length).toBeGreaterThan(2);
  expect(facts.dangerousCalls).toMatchObject([{ line: 6 }]);
  for (const value of [TOKEN, TOKEN.slice(0, 12), ...KEY]) expect(kept).not.toContain(value);
});

test('a commit message is kept without its credentials', async () => {
  async function* log(): AsyncGenerator<string, void> {
    yield* ['mark', 'id', '1', '1', 'A', 'a@x', 'A', 'a@x', `fix: use ${TOKEN}\n\nIt was ${TOKEN}.\n`];
  }

  const commits: unknown[] = [];
  for await (const commit of parseLog(log(), 'mark')) commits.push(commit);

  expect(commits).toMatchObject([{ record: { message: 'fix: use ghp_****17\n\nIt was ghp_****17.\n' } }]);
});

test('masking keeps the lines, leaves other text alone and settles at once', () => {
  const text = ['key: 1', `token = "${TOKEN}"`, ...PEM, 'end'].join('\n');

  const masked = maskSecrets(text);

  expect(masked.split('\n')).toHaveLength(text.split('\n').length);
  expect(masked).toContain('token = "ghp_****17"');
  expect(maskSecrets(masked)).toBe(masked);
  expect(findSecrets(masked, 'all')).toEqual([]);
  expect(maskSecrets('nothing to hide\r\n')).toBe('nothing to hide\r\n');
});
