import { expect, test } from 'vitest';
import { maskPayload } from './delivery-payload';

const TOKEN = `ghp_${'0A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r'}`;

test('masks what has the shape of a credential, and what is called one', () => {
  const shown = maskPayload({
    commits: [{ message: `fix: use glpat-${'x1Y2z3A4b5C6d7E8f9G0'} at last` }],
    hook: { config: { secret: 'correct horse', secrets_url: 'https://api.example.com/secrets' } },
    note: TOKEN,
  });

  expect(JSON.stringify(shown)).not.toMatch(/x1Y2z3A4b5C6d7E8f9G0|correct horse/);
  expect(shown).toMatchObject({ hook: { config: { secrets_url: 'https://api.example.com/secrets' } } });
});

test('leaves commits and names as they are', () => {
  const payload = { after: 'b'.repeat(40), ref: 'refs/heads/main', forced: false, size: 3, none: null };
  expect(maskPayload(payload)).toEqual(payload);
});

test('ends at a depth that nobody writes', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  expect(JSON.stringify(maskPayload(deep)).length).toBeLessThan(200);
});

test('keeps nothing that a database refuses', () => {
  expect(maskPayload({ 'a\u0000b': 'c\ud800d' })).toEqual({ 'a\uFFFDb': 'c\uFFFDd' });
});
