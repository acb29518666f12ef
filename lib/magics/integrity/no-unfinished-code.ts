import * as z from 'zod';
import { defineRule } from '../define';
import { findMarker, type MarkerWord } from '../markers';
import type { Severity } from '../types';

const SEVERITY: Record<MarkerWord, Severity> = { FIXME: 'medium', HACK: 'medium', XXX: 'medium', TODO: 'low' };

export const noUnfinishedCode = defineRule({
  id: 'integrity/no-unfinished-code',
  catalogue: 'INT-01',
  group: 'completion',
  severity: 'medium',
  needs: ['comments'],
  limits: { per: 'commentLines', good: 0.015, bad: 0.06, range: [0, 1] },
  references: [
    'https://cwe.mitre.org/data/definitions/546.html',
    'https://rules.sonarsource.com/java/RSPEC-1135/',
    'https://rules.sonarsource.com/java/RSPEC-1134/',
    'https://eslint.org/docs/latest/rules/no-warning-comments',
    'https://docs.astral.sh/ruff/rules/#flake8-fixme-fix',
  ],
  tags: ['CWE-546', 'ISO27001 A.8.28'],
  options: z.object({
    /** Further terms that mark unfinished work, matched as written. */
    terms: z.array(z.string().min(2).max(40)).max(50).default([]),
  }),
  repositoryOptions: ['terms'],

  title: { en: 'No unfinished code', ja: '未完成のコードを残さない' },
  why: {
    en: 'The code ships as done while a note inside says that it is not. Such notes are read by nobody until they hurt.',
    ja: '完成品として出荷されるコードの中に、未完成だという覚え書きが残っています。問題が起きるまで誰にも読まれません。',
  },
  fix: {
    en: 'Finish the work, or move the note to the issue tracker and say there what is missing.',
    ja: '実装を終えるか、足りない点を課題管理に移してコメントを消してください。',
  },
  messages: {
    marker: { en: '“{marker}” marks unfinished work.', ja: '「{marker}」は未完成の作業を示しています。' },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'open();\n// TODO: charge the card\ncharge();\n' } },
      { files: { 'pay.py': 'def pay(card):\n    # FIXME rounding is wrong for yen\n    return round(card.amount)\n' } },
      {
        files: {
          'src/pay.go':
            'package pay\n\n// Pay charges the card.\n// HACK: the bank wants two calls\nfunc Pay() { call(); call() }\n',
        },
      },
      {
        files: {
          'src/Tax.java': 'class Tax {\n  // 消費税は後で実装する\n  int tax(int yen) { return yen / 10; }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.ts':
            '// Charges once.\ncharge(card); // TODOs live in the tracker\nconst TODO = "TODO: shown to the user";\n',
          'notes.md': '# TODO\n\nTODO: write more\n',
        },
      },
      { files: { 'app.py': '# Sorts the todo items by date.\ndef sort(items):\n    return sorted(items)\n' } },
      { files: { 'src/phone.rs': '// Numbers look like XXX-XXXX.\nfn digits() -> usize { let n = 7; n + 0 }\n' } },
      { files: { 'src/cache.ts': '// 後で使うために保存する\nsave(value);\n' } },
    ],
  },

  *check({ comments }, { terms }) {
    for (const { path, role, line, endLine, text } of comments) {
      if (role !== 'production' && role !== 'test') continue;
      const marker = findMarker(text, terms);
      if (!marker) continue;
      yield {
        messageId: 'marker',
        data: { marker: marker.word },
        location: { path, line, endLine },
        evidence: text,
        severity: role === 'test' ? 'low' : SEVERITY[marker.kind],
        anchor: `${marker.word} ${text}`,
      };
    }
  },
});
