import * as z from 'zod';
import { percent } from '../commits';
import { defineRule } from '../define';
import { compareText } from '../hash';
import { mapTests } from '../test-matching';
import { withBehaviour } from './has-matching-test';

const DAY = 86_400;
const MAX_RELATED = 20;
const code = 'def a(n):\n    return n + 1\n\n\ndef b(n):\n    return n + 2\n\n\ndef c(n):\n    return n + 3\n';

export const hasTestFirst = defineRule({
  id: 'tdd/has-test-first',
  catalogue: 'TDD-04',
  group: 'co-change',
  severity: 'low',
  confidence: 0.8,
  weight: 0.5,
  needs: ['fileHistory', 'files', 'functions', 'imports', 'tests'],
  limits: { per: 'measure', good: 0.4, bad: 0, range: [0, 1] },
  report: 'beyond-limit',
  references: ['https://doi.org/10.1109/TSE.2016.2616877'],
  options: z.object({}),

  title: { en: 'Tests come first, or together with the code', ja: 'テストはコードより先、または同時に書く' },
  why: {
    en: 'A test written later describes what the code does, not what it should do.',
    ja: '後から書いたテストは、あるべき姿ではなく、いまの動きを写したものになりがちです。',
  },
  fix: {
    en: 'Begin the next file with a failing test and commit both together.',
    ja: '次に作るファイルは、失敗するテストから始め、両方を一緒にコミットしてください。',
  },
  messages: {
    late: {
      en: '{late} of {pairs} {pairs|test file came after the code it tests|test files came after the code they test} ({share} %), {late||half of them }more than {days} {days|day|days} later.',
      ja: 'テスト{pairs}件のうち{late}件は、対象のコードより後に作られています（{share}%）。{late||その半数は}{days}日より後です。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          { message: 'Pay', files: { 'pay.py': code } },
          { message: 'Test', files: { 'test_pay.py': 'def test_a():\n    assert a(1) == 2\n' } },
        ],
      },
      {
        commits: [
          { message: 'All', files: { 'pay.py': code, 'tax.py': code, 'fee.py': code } },
          { message: 'Test', files: { 'tests/test_pay.py': 'def test_a():\n    assert a(1) == 2\n' } },
          { message: 'Test', files: { 'tests/test_tax.py': 'def test_a():\n    assert a(1) == 2\n' } },
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'Pay', files: { 'pay.py': code, 'test_pay.py': 'def test_a():\n    assert a(1) == 2\n' } },
        ],
      },
      {
        commits: [
          { message: 'Test', files: { 'test_支払い.py': 'def test_a():\n    assert a(1) == 2\n' } },
          { message: 'Pay', files: { '支払い.py': code } },
        ],
      },
      {
        commits: [
          {
            message: 'Both',
            files: { 'pay.py': code, 'tests/test_pay.py': 'def test_a():\n    assert a(1) == 2\n', 'tax.py': code },
          },
          { message: 'Late', files: { 'tests/test_tax.py': 'def test_a():\n    assert a(1) == 2\n' } },
        ],
      },
    ],
  },

  *check({ fileHistory, files, functions, imports, tests }) {
    const created = new Map(fileHistory.map((file) => [file.path, file]));
    const { byName } = mapTests({ files, imports, tests });
    const late: { path: string; days: number; index: number }[] = [];
    let pairs = 0;
    for (const path of withBehaviour(functions).keys()) {
      const subject = created.get(path);
      const firsts = (byName.get(path) ?? []).flatMap((test) => created.get(test) ?? []);
      const [first] = firsts.sort((a, b) => a.createdIndex - b.createdIndex);
      if (!subject || !first) continue;
      pairs += 1;
      if (first.createdIndex <= subject.createdIndex) continue;
      const days = Math.max(0, Math.floor((first.createdAt - subject.createdAt) / DAY));
      late.push({ path: first.path, days, index: first.createdIndex });
    }
    const sorted = late.map(({ days }) => days).sort((a, b) => a - b);
    const days = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
    if (late.length > 0) {
      const newest = [...late].sort((a, b) => b.index - a.index || compareText(a.path, b.path)).slice(0, MAX_RELATED);
      yield {
        messageId: 'late',
        data: { late: late.length, pairs, share: percent(late.length, pairs), days },
        related: newest.map(({ path }) => ({ path, line: 1 })),
        anchor: 'late',
      };
    }
    const rate = (pairs - late.length) / pairs;
    return {
      value: rate,
      population: pairs,
      metrics: { test_first_rate: pairs === 0 ? 0 : rate, test_lag_days: days },
    };
  },
});
