import { expect, test } from 'vitest';
import { toldPullRequests } from './told-pull-requests';

const FACTS = {
  ...{ number: 7, title: 'Propose', author: 'rin', url: 'https://git.example.com/acme/shop/pull/7' },
  ...{ isOpen: true, isDraft: false, isFork: false, baseBranch: 'main', headBranch: 'propose' },
  ...{ headCommitId: 'a'.repeat(40), headRef: 'refs/pull/7/head' },
};

test.each([
  ['a number of no row', { number: 2 ** 40 }],
  ['the number nought', { number: 0 }],
  ['a number below', { number: -1 }],
  ['a head that is an option', { headCommitId: '--upload-pack=touch /tmp/x' }],
  ['an address that runs', { url: 'javascript:alert(1)' }],
  ['a base that Git forbids', { baseBranch: '../x' }],
  ['a head that is no ref', { headRef: '--all' }],
])('%s is left out, and its neighbours stay', (_, wrong) => {
  expect(
    toldPullRequests([
      { ...FACTS, ...wrong },
      { ...FACTS, number: 8 },
    ]),
  ).toEqual([{ ...FACTS, number: 8 }]);
});

test('a title is cut, and holds nothing that no row takes', () => {
  const [told] = toldPullRequests([{ ...FACTS, title: `a\0b${'x'.repeat(100_000)}` }]);

  expect(told?.title).toMatch(/^a\ufffdbx{497}$/);
});

test('a number that is listed twice is told as it comes first', () => {
  expect(toldPullRequests([FACTS, { ...FACTS, headCommitId: 'b'.repeat(40) }])).toEqual([FACTS]);
});
