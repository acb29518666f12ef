import * as z from 'zod';
import { defineRule } from '../define';
import { findMarker, isTracked } from '../markers';

export const hasTrackedMarkers = defineRule({
  id: 'integrity/has-tracked-markers',
  catalogue: 'INT-02',
  group: 'accountability',
  severity: 'low',
  needs: ['comments'],
  limits: { per: 'measure', good: 0.2, bad: 1, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'trivial',
  references: [
    'https://docs.astral.sh/ruff/rules/missing-todo-author/',
    'https://docs.astral.sh/ruff/rules/missing-todo-link/',
  ],
  options: z.object({ terms: z.array(z.string().min(2).max(40)).max(50).default([]) }),

  title: { en: 'Notes about unfinished work can be traced', ja: '未完成の覚え書きは追跡できる' },
  why: {
    en: 'A note without an owner, an issue or a date belongs to nobody, so it stays for years.',
    ja: '担当者も課題番号も期日もない覚え書きは誰のものでもなく、何年も残り続けます。',
  },
  fix: {
    en: 'Add the issue, the owner or a date: `TODO(#123): …`, `FIXME(ann): …`.',
    ja: '課題番号・担当者・期日のいずれかを添えてください（例：`TODO(#123): …`、`FIXME(ann): …`）。',
  },
  messages: {
    untracked: {
      en: '“{marker}” names no issue, owner or date.',
      ja: '「{marker}」に課題番号・担当者・期日がありません。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'open();\n// TODO: charge the card\ncharge();\n' } },
      { files: { 'pay.py': 'x = 1\n# FIXME rounding\ny = 2\n# TODO(ann): retries\nz = 3\n' } },
    ],
    good: [
      { files: { 'src/pay.ts': 'open();\n// TODO(#12): charge the card\ncharge();\n' } },
      { files: { 'pay.py': 'x = 1\n# FIXME: rounding, see https://example.com/issues/1\ny = 2\n' } },
      { files: { 'pay.go': 'package pay\n\nfunc Pay() {\n\t// TODO(ann): retries\n\tcall()\n}\n' } },
      {
        files: {
          'src/Tax.java':
            'class Tax {\n  // TODO: 軽減税率（2025年4月まで）\n  int tax(int yen) { return yen / 10; }\n}\n',
        },
      },
      {
        files: {
          'src/lib.rs':
            '// TODO: split the parser\n// https://example.com/issues/7\nfn parse(s: &str) -> usize { s.len() + 1 }\n',
        },
      },
    ],
  },

  *check({ comments }, { terms }) {
    let total = 0;
    let untracked = 0;
    for (const [at, { path, role, line, endLine, text }] of comments.entries()) {
      if (role !== 'production' && role !== 'test') continue;
      const marker = findMarker(text, terms);
      if (!marker) continue;
      total += 1;
      const next = comments[at + 1];
      const goesOn =
        next !== undefined && next.path === path && next.line === endLine + 1 && !findMarker(next.text, terms);
      if (isTracked(marker.note) || (goesOn && isTracked(` ${next.text}`))) continue;
      untracked += 1;
      yield {
        messageId: 'untracked',
        data: { marker: marker.word },
        location: { path, line, endLine },
        evidence: text,
        anchor: `${marker.word} ${text}`,
      };
    }
    return {
      value: untracked / total,
      population: total,
      metrics: { satd_total: total, satd_untracked: untracked },
    };
  },
});
