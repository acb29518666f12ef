import * as z from 'zod';
import { findAdmission } from '../admissions';
import { commentRuns } from '../comment-runs';
import { defineRule } from '../define';
import { findMarker } from '../markers';

/** Seven in ten comments with such words admit debt, as people labelled them. */
const DOUBT_CONFIDENCE = 0.7;
const DOUBT_WEIGHT = 0.25;

export const noWorkaround = defineRule({
  id: 'integrity/no-workaround',
  catalogue: 'INT-04',
  group: 'workaround',
  severity: 'medium',
  needs: ['comments'],
  limits: { per: 'kloc', good: 0.3, bad: 3 },
  references: ['https://doi.org/10.1109/ICSME.2014.31', 'https://cwe.mitre.org/data/definitions/546.html'],
  tags: ['CWE-546', 'ISO27001 A.8.28'],
  options: z.object({
    /** Further terms that admit a workaround, matched as written. */
    terms: z.array(z.string().min(2).max(40)).max(50).default([]),
  }),
  repositoryOptions: ['terms'],

  title: { en: 'No stopgaps admitted in comments', ja: 'その場しのぎのコードを残さない' },
  why: {
    en: 'The author knew that this is not the solution and shipped it. Later readers build on it as if it were.',
    ja: '書いた本人が正しい解決ではないと知りながら出荷しています。後の人は正しいものとして積み上げてしまいます。',
  },
  fix: {
    en: 'Build the real solution, or open an issue that says what it would be and name it in the comment.',
    ja: '本来の解決を実装するか、あるべき姿を課題に書き、その番号をコメントに添えてください。',
  },
  messages: {
    stopgap: {
      en: 'A comment admits a stopgap: “{words}”.',
      ja: 'コメントがその場しのぎだと認めています：「{words}」。',
    },
    workaround: {
      en: 'A comment names a workaround and no issue: “{words}”.',
      ja: 'コメントが回避策だと述べていますが、課題の番号がありません：「{words}」。',
    },
    doubt: {
      en: 'A comment doubts the code it stands at: “{words}”.',
      ja: 'コメントがそのコードへの疑いを述べています：「{words}」。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'open();\n// Quick and dirty: ask the bank twice.\ncharge(); charge();\n' } },
      {
        files: {
          'pay.py':
            'def pay(card):\n    # hard-coded rate for now, the service is not ready\n    return card.amount * 3\n',
        },
      },
      {
        files: {
          'src/Pay.java':
            'class Pay {\n  // とりあえず固定値で返す\n  int rate() { return 3; }\n\n  /* This is an ugly hack. */\n  int twice() { return rate() * 2; }\n}\n',
        },
      },
      {
        files: {
          'src/pay.go':
            'package pay\n\n// Pay charges the card.\n// Temporary fix until the bank answers.\nfunc Pay() { call(); call() }\n',
        },
      },
      {
        files: {
          'src/Pay.java':
            'class Pay {\n  // Not sure why the bank\n  // wants it twice.\n  int rate() { return 3; }\n}\n',
          'src/Tax.java': 'class Tax {\n  // workaround for the tax office\n  int rate(int n) { return n * 8; }\n}\n',
          'src/due.py': '# this should be moved to the calendar\ndef due(n):\n    return n + 3\n',
        },
      },
      { files: { 'src/lib.rs': '// For now we just ignore refunds.\npub fn refund(n: u32) -> u32 { n - 1 }\n' } },
    ],
    good: [
      {
        files: {
          'src/Pay.cs':
            '// bug in .NET 2.0: a list of such values throws, the wrapper adds them one by one\nclass Pay {\n  int Rate(int n) { return n * 8; }\n}\n',
          'src/forms.py':
            '# comes with flask-WTF\n# left out: it is too difficult to work around units\ndef rate(n):\n    return n * 8\n',
        },
      },
      {
        files: {
          'src/pay.ts':
            '// Writes to a temporary file first.\nwrite();\n// Workaround for a bug of Safari 12, see #310.\nshow();\n// Reads the "quick fix" menu of the editor.\nmenu();\n',
          'src/hacker.ts': '// Hacker News stories, newest first.\nload();\n// Offers a quick fix action.\noffer();\n',
        },
      },
      {
        files: {
          'cache.py':
            '# The client must not be freed for now.\nhold()\n# Remove it before adding the new one.\nswap()\n# Locks the table temporarily.\nlock()\n',
        },
      },
      {
        files: { 'src/save.ts': '// 一旦メモリーに保存してから書き出す\nsave();\n// 一時ファイルを作る\ncreate();\n' },
      },
      {
        files: {
          'src/pay.ts': 'charge();\n',
          'tests/pay.test.ts': "// ugly hack\ntest('pays', () => { expect(pay()).toBe(1); });\n",
        },
      },
      {
        files: {
          'src/ask.ts':
            '// Asks the user whether this should be paid.\nask();\n// Is it paid? Then nothing is due.\nif (paid) stop();\n// Not sure answers count as no.\nrefuse();\n',
        },
      },
      { files: { 'src/pay.ts': '// HACK: the bank wants two calls\ncharge();\n' } },
    ],
  },

  *check({ comments, totals }, { terms }) {
    let sum = 0;
    for (const { path, role, line, endLine, text, parts, kind } of commentRuns(comments)) {
      // A marker is reported as such.
      if (role !== 'production' || parts.some((part) => findMarker(part))) continue;
      const admission = findAdmission(text, { isDocumentation: kind === 'doc', terms });
      if (!admission) continue;
      const isDoubt = admission.kind !== 'stopgap';
      const weight = isDoubt ? DOUBT_WEIGHT : 1;
      sum += weight;
      yield {
        messageId: admission.kind,
        data: { words: admission.words },
        location: { path, line, endLine },
        evidence: text,
        anchor: text,
        weight,
        ...(isDoubt && { severity: 'low', confidence: DOUBT_CONFIDENCE }),
      };
    }
    return { value: (sum * 1000) / totals.codeLines };
  },
});
