import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { findMarker, isTracked } from './markers';

describe('findMarker', () => {
  test.each([
    ['TODO: charge the card', 'TODO'],
    ['TODO charge the card', 'TODO'],
    ['TODO', 'TODO'],
    ['TODO(ann): charge', 'TODO'],
    ['- FIXME: rounding', 'FIXME'],
    ['@todo remove', 'TODO'],
    ['todo: remove', 'TODO'],
    ['Fixme: remove', 'FIXME'],
    ['Charges the card. TODO: retries', 'TODO'],
    ['XXX this breaks on leap years', 'XXX'],
    ['HACK around the parser', 'HACK'],
    ['TODO：後で直す', 'TODO'],
    ['仮実装。本番では使わない', '仮実装'],
    ['金額の計算は後で実装する', '後で実装'],
    ['未実装', '未実装'],
    ['【要修正】消費税', '要修正'],
  ])('%s holds %s', (text, word) => {
    expect(findMarker(text)?.word).toBe(word);
  });

  test.each([
    'TODOs live in the tracker',
    'the todo list of the user',
    'Todo items are sorted by date',
    'TODO comments are reported by this rule',
    'adds a todo',
    'phone number as XXX-XXXX',
    'XXX.YYY is the version',
    '"TODO" marks unfinished work',
    '`FIXME: x` is found',
    'found as a label: `… TODO: …`, "FIXME(ann): x"',
    '「後で実装する」を検出する',
    'TODO_LIST is a constant',
    'hack week project',
    'Hackathon',
    '後で使うために保存する',
    '暫定値を返す仕様',
    '未実装のメソッドは例外になる',
    'TODO::Item is a class',
  ])('%s holds none', (text) => {
    expect(findMarker(text)).toBeNull();
  });

  test('team terms are found as written', () => {
    expect(findMarker('REVISIT before launch', ['REVISIT'])).toMatchObject({ word: 'REVISIT', kind: 'TODO' });
  });

  test('a long hostile comment takes no time', () => {
    const text = `${'('.repeat(5000)}${'TODO'.repeat(5000)}`;
    const before = cpuTimeMs();

    findMarker(text);

    expect(cpuTimeMs() - before).toBeLessThan(200);
  });
});

test.each([
  '(ann): charge',
  ' @ann charge',
  ': see #123',
  ': PAY-12 charge',
  ': https://example.com/1',
  ' by 2025-03',
  ' 2025年4月まで',
  ' b/12345',
])('%s is tracked', (note) => {
  expect(isTracked(note)).toBe(true);
});

test.each([': charge the card', ': support UTF-8', ' (see below', ': call f(x)', ' () is empty'])(
  '%s is not tracked',
  (note) => {
    expect(isTracked(note)).toBe(false);
  },
);
