import { expect, test } from 'vitest';
import type { FindingPage, FindingView } from '@/lib/schemas/findings';
import { applyAction, isOpenList, withAction } from './triage-cache';

const finding = (findingId: string, change: Partial<FindingView> = {}) =>
  ({ findingId, state: 'new', verdict: null, assignee: null, ...change }) as FindingView;
const pages = (...items: FindingView[]) => ({
  pages: [{ items, total: items.length } as FindingPage],
  pageParams: [null],
});
const ACCEPTED = { verdict: { verdict: 'accepted', reason: 'agreed', until: null } } as const;

test('a finding that is judged leaves a list of open ones, and stays in others with its verdict', () => {
  const data = pages(finding('a'), finding('b'));

  const [open, all] = [true, false].map((isOpen) => applyAction(data, new Set(['a']), ACCEPTED, isOpen).pages[0]);

  expect([open?.items.map(({ findingId }) => findingId), open?.total]).toEqual([['b'], 1]);
  expect(all?.items.map(({ state }) => state)).toEqual(['accepted', 'new']);
});

test('an assignment changes no list', () => {
  const { pages: changed } = applyAction(
    pages(finding('a')),
    new Set(['a']),
    { assignee: { userId: 'u', name: 'U' } },
    true,
  );

  expect(changed[0]?.items).toMatchObject([{ assignee: { name: 'U' }, state: 'new' }]);
});

test('what an audit no longer sees keeps its state', () => {
  expect(withAction(finding('a', { state: 'fixed' }), ACCEPTED)).toMatchObject({
    state: 'fixed',
    verdict: { reason: 'agreed' },
  });
});

test('a verdict that is taken back leaves the finding open', () => {
  const judged = withAction(finding('a'), ACCEPTED);

  expect(withAction(judged, { verdict: null })).toMatchObject({ state: 'existing', verdict: null });
});

test('the key of a list says whether it shows open findings alone', () => {
  expect(isOpenList(['findings', 'p', { rule: 'git/b' }])).toBe(true);
  expect(isOpenList(['findings', 'p', { state: 'all' }])).toBe(false);
  expect(isOpenList(['findings', 'p', { findingId: 'a' }])).toBe(false);
  expect(isOpenList(['inbox', 't', { view: 'new' }])).toBe(true);
  expect(isOpenList(['inbox', 't', { view: 'expiring' }])).toBe(false);
  expect(isOpenList(['inbox', 't', 'counts'])).toBe(false);
});
