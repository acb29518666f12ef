import { describe, expect, test } from 'vitest';
import { isBot } from './bots';
import { type GraphCommit, orderCommits } from './commit-graph';
import { parseMailmap } from './mailmap';
import { parseMessage } from './message';
import { MAX_COMMIT_FILES, parseLog } from './parse-log';

const MARK = 'commit-mark';
const ID = 'a'.repeat(40);

async function parseAll(tokens: readonly string[]) {
  const source = (async function* () {
    yield* tokens;
  })();
  const commits = [];
  for await (const commit of parseLog(source, MARK)) commits.push(commit);
  return commits;
}

const parse = (...tokens: string[]) => parseAll(tokens);

const header = (fields: Partial<Record<'at' | 'name' | 'email' | 'message', string>> = {}) => [
  MARK,
  ID,
  fields.at ?? '1700000000',
  fields.at ?? '1700000000',
  fields.name ?? 'Ada',
  fields.email ?? 'Ada@Example.com',
  'Ada',
  'ada@example.com',
  fields.message ?? 'feat: begin\n',
];

describe('parseLog', () => {
  test('reads changes with their line counts and blobs', async () => {
    const [commit] = await parse(
      ...header(),
      '',
      '\n:000000 100644 000 111 A',
      'a.ts',
      ':100644 000000 222 000 D',
      'b.bin',
      '3\t0\ta.ts',
      '-\t-\tb.bin',
    );

    expect(commit?.record.files).toEqual([
      ['A', 'a.ts', 3, 0, null],
      ['D', 'b.bin', null, null, null],
    ]);
    expect(commit?.blobs).toEqual([
      ['000', '111'],
      ['222', '000'],
    ]);
  });

  test('takes no path and no message for the start of a commit', async () => {
    const evil = `:100644 100644 1 2 M\n${MARK}`;
    const commits = await parse(...header({ message: evil }), '\n:100644 100644 1 2 M', MARK, '1\t1\tx');

    expect(commits).toHaveLength(1);
    expect(commits[0]?.record.message).toBe(evil);
    expect(commits[0]?.record.files).toEqual([['M', MARK, null, null, null]]);
  });

  test('reads a commit whose author is malformed', async () => {
    const [commit] = await parse(...header({ name: '', email: '', at: '' }));

    expect(commit?.record).toMatchObject({ authorName: '', authorEmail: '', authoredAt: 0 });
  });

  test.each(['18446744073709551615', '-5', '1e999', 'NaN', '8640000000001'])(
    'takes the date %s for none',
    async (at) => {
      const [commit] = await parse(...header({ at }));

      expect(commit?.record.committedAt).toBe(0);
    },
  );

  test('keeps names with tabs and newlines', async () => {
    const [commit] = await parse(...header(), '\n:000000 100644 0 1 A', 'a\tb\nc', '7\t0\ta\tb\nc');

    expect(commit?.record.files).toEqual([['A', 'a\tb\nc', 7, 0, null]]);
  });

  test('cuts a message so that no half character is left', async () => {
    const [commit] = await parse(...header({ message: `${'x'.repeat(15_999)}😀` }));

    expect(commit?.record.message).toBe('x'.repeat(15_999));
  });

  test('refuses a commit with more files than a person could change', async () => {
    const changes = Array.from({ length: MAX_COMMIT_FILES + 1 }, (_, index) => [':100644 100644 1 2 M', `f${index}`]);

    await expect(parseAll([...header(), ...changes.flat()])).rejects.toMatchObject({ code: 'repository_too_large' });
  });

  test('does not take a log that breaks off for a whole one', async () => {
    await expect(parse(MARK, ID, '1')).rejects.toMatchObject({ code: 'repository_corrupt' });
    await expect(parse(...header(), ':100644 100644 1 2 M')).rejects.toMatchObject({ code: 'repository_corrupt' });
  });
});

describe('parseMessage', () => {
  test('splits subject, body and trailers as Git does', () => {
    const message = 'feat: a\nb\n\nWhy it is so.\n\nReviewed-by: Grace <g@x>\nCo-authored-by: Alan\n  <a@x>\n';

    expect(parseMessage(message)).toEqual({
      subject: 'feat: a b',
      subjectLines: 2,
      body: 'Why it is so.\n\nReviewed-by: Grace <g@x>\nCo-authored-by: Alan\n  <a@x>',
      trailers: [
        { key: 'Reviewed-by', value: 'Grace <g@x>' },
        { key: 'Co-authored-by', value: 'Alan <a@x>' },
      ],
    });
  });

  test('takes prose with a colon for prose', () => {
    expect(
      parseMessage('fix: x\n\nThe cause was simple: we forgot.\nNote: this is prose\nand goes on.').trailers,
    ).toEqual([]);
  });

  test('reads an empty message', () => {
    expect(parseMessage('\n \n')).toEqual({ subject: '', subjectLines: 1, body: '', trailers: [] });
  });
});

describe('parseMailmap', () => {
  const identify = parseMailmap(
    [
      '# people',
      'Proper Name <commit@x.com>',
      '<proper@x.com> <Old@x.com>',
      'Jane Doe <jane@x.com> <j@laptop>',
      'Joe R. <joe@x.com> joe <bugs@x.com>',
      'not an entry',
    ].join('\n'),
  );

  test.each([
    [
      { name: 'x', email: 'COMMIT@x.com' },
      { name: 'Proper Name', email: 'COMMIT@x.com' },
    ],
    [
      { name: 'x', email: 'old@x.com' },
      { name: 'x', email: 'proper@x.com' },
    ],
    [
      { name: 'x', email: 'j@laptop' },
      { name: 'Jane Doe', email: 'jane@x.com' },
    ],
    [
      { name: 'Joe', email: 'bugs@x.com' },
      { name: 'Joe R.', email: 'joe@x.com' },
    ],
    [
      { name: 'Other', email: 'bugs@x.com' },
      { name: 'Other', email: 'bugs@x.com' },
    ],
    [
      { name: '__proto__', email: '__proto__' },
      { name: '__proto__', email: '__proto__' },
    ],
  ])('maps %j', (from, to) => {
    expect(identify(from)).toEqual(to);
  });
});

describe('isBot', () => {
  test.each([
    ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com'],
    ['renovate-bot', 'x@y'],
    ['Renovate Bot', 'bot@renovateapp.com'],
    ['github-actions', 'action@github.com'],
    ['jekyllbot', 'jekyllbot@jekyllrb.com'],
  ])('knows %s', (name, email) => {
    expect(isBot(name, email)).toBe(true);
  });

  test.each([
    ['Abbot Costello', 'abbot@example.com'],
    ['Robert', 'talbot@example.com'],
    ['talbot', 'talbot@example.com'],
    ['anbot', 'an@example.com'],
    ['', ''],
  ])('takes %s for a person', (name, email) => {
    expect(isBot(name, email)).toBe(false);
  });
});

describe('orderCommits', () => {
  const commit = (id: string, committedAt: number, ...parents: string[]): [string, GraphCommit] => [
    id,
    { id, parents, committedAt },
  ];

  test('puts children before parents, even when clocks were wrong', () => {
    const graph = new Map([commit('c', 1, 'b'), commit('b', 9, 'a'), commit('a', 5)]);

    expect(orderCommits(graph).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  test('orders by time, then by id, whatever order Git listed them in', () => {
    const entries = [commit('m', 9, 'x', 'y'), commit('x', 5, 'r'), commit('y', 5, 'r'), commit('r', 1)];
    const forwards = orderCommits(new Map(entries)).map(({ id }) => id);
    const backwards = orderCommits(new Map(entries.toReversed())).map(({ id }) => id);

    expect(forwards).toEqual(['m', 'x', 'y', 'r']);
    expect(backwards).toEqual(forwards);
  });
});
