import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import { GateRules } from '@/lib/magics/gate-policy';
import { isWrongOrder, limitsOf, withLimits } from './conditions';
import { gateSentences, newCodeSentences } from './gate-sentence';

const usual = GateRules.parse({});
const en = [messagesIn('en'), createFormat('en', 'UTC', 0)] as const;
const ja = [messagesIn('ja'), createFormat('ja', 'UTC', 0)] as const;

test('the usual gate is told in two sentences', () => {
  expect(gateSentences(usual, ...en)).toEqual([
    'Fails with any new Critical finding, more than 3 new High findings or a health under 60.',
    'Warns with a health under 75 or a magic that failed.',
  ]);
  expect(gateSentences(usual, ...ja)).toEqual([
    '新しい「緊急」の指摘が1件でもある、または新しい「高」の指摘が3件を超える、または健全度が60未満なら不合格です。',
    '健全度が75未満、または不合格の魔法があるなら警告です。',
  ]);
});

test('a gate without limits says that it never fails', () => {
  const none = GateRules.parse({ health: {}, newFindings: {}, failedMagic: 'ignored' });

  expect(gateSentences(none, ...en)).toEqual(['Never fails.', 'Warns only when something could not be judged.']);
});

test('where new code begins and what a small change is belong to it', () => {
  const gate = GateRules.parse({ newCode: { since: 'tag', tag: 'v2.0.0' }, smallChangeLines: 20 });

  expect(newCodeSentences(gate, ...en)).toEqual([
    'New is what came since the tag v2.0.0.',
    'In changes of fewer than 20 lines only new Critical findings count.',
  ]);
});

test('a start of new code that is not typed yet is told to be missing', () => {
  const noTag = { ...usual, newCode: { since: 'tag', tag: ' ' } } as const;
  const noDate = { ...usual, newCode: { since: 'date', date: '' } } as const;

  expect(newCodeSentences(noTag, ...en)).toEqual(['New is what came since a tag whose name is still missing.']);
  expect(newCodeSentences(noDate, ...ja)).toEqual(['新しいコードの起点となる日付が未入力です。']);
});

test('a condition without limits is taken out, and comes back', () => {
  const condition = { id: 'magic', magic: 'tdd' } as const;

  const set = withLimits(usual, condition, { warn: null, fail: 50 });
  const out = withLimits(set, condition, { warn: null, fail: null });

  expect(limitsOf(set, condition)).toEqual({ warn: null, fail: 50 });
  expect(out).toEqual(usual);
});

test('the limit to warn is met first', () => {
  expect(isWrongOrder({ id: 'health' }, { warn: 60, fail: 75 })).toBe(true);
  expect(isWrongOrder({ id: 'health' }, { warn: 75, fail: 60 })).toBe(false);
  expect(isWrongOrder({ id: 'findings', severity: 'low' }, { warn: 10, fail: 5 })).toBe(true);
});
