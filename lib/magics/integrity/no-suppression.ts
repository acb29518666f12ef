import * as z from 'zod';
import { defineRule } from '../define';
import type { IgnoreCommentFact, SuppressionFact } from '../facts/code';
import type { CheckSettingFact } from '../facts/project';
import { baseName, directoryOf } from '../paths';
import type { RawFinding } from '../types';

/** Layout, coverage and spelling pragmas silence no check of correctness. */
const NOT_CHECKS = new Set([
  'prettier',
  'black',
  'rustfmt',
  'gofmt',
  'clang-format',
  'istanbul',
  'coverage',
  'c8',
  'v8',
  'cspell',
]);
const COVERS_ALL = new Set(['all', '*', 'clippy::all', 'warnings', 'ALL']);
/** Fails by itself once the error is gone. */
const SELF_CHECKING = /@ts-expect-error|\bexpect\(/;

/** What is silenced by name, or tells by itself when it is needed no more, hides little besides. */
const NARROW_WEIGHT = 0.25;

/** Strict mypy fails on a `type: ignore` that nothing needs. */
function isCheckedByMypy({ tool, path }: SuppressionFact, settings: readonly CheckSettingFact[]): boolean {
  if (tool !== 'mypy') return false;
  return settings.some((setting) => {
    const root = directoryOf(setting.path);
    return setting.tool === 'mypy' && setting.level === 'strict' && (root === '.' || path.startsWith(`${root}/`));
  });
}

function isBlanket(row: SuppressionFact, settings: readonly CheckSettingFact[]): boolean {
  const { checks, text } = row;
  if (SELF_CHECKING.test(text) || isCheckedByMypy(row, settings)) return false;
  return checks.length === 0 || checks.every((check) => COVERS_ALL.has(check));
}

/** A package file re-exports: its imports look unused to a linter. */
function isReexport({ path, checks }: SuppressionFact): boolean {
  const isPackageFile = baseName(path) === '__init__.py';
  return (
    isPackageFile &&
    checks.length > 0 &&
    checks.every((check) => /^(?:F401|F403|F405|E402|unused-import|wildcard-import)$/.test(check))
  );
}

function withoutEffect({ path, line, endLine, ruleId, scope }: IgnoreCommentFact, messageId: string): RawFinding {
  return {
    messageId,
    data: { rule: ruleId },
    location: { path, line, endLine },
    severity: 'medium',
    anchor: `${scope} ${ruleId}`,
  };
}

export const noSuppression = defineRule({
  id: 'integrity/no-suppression',
  catalogue: 'INT-08',
  group: 'accountability',
  severity: 'medium',
  upTo: 'high',
  needs: ['suppressions', 'ignoreComments', 'checkSettings'],
  limits: { per: 'kloc', good: 1, bad: 8 },
  references: [
    'https://typescript-eslint.io/rules/ban-ts-comment/',
    'https://docs.astral.sh/ruff/rules/blanket-noqa/',
    'https://github.com/nishanths/nolintlint',
  ],
  tags: ['ISO27001 A.8.28', 'NIST SSDF PW.5'],
  terms: ['nosec', 'noqa', 'nolint', 'eslint-disable', 'ts-ignore'],
  options: z.object({
    /** Tools whose suppressions are not counted. */
    allowTools: z.array(z.string().max(40)).max(50).default([]),
  }),

  title: { en: 'No unexplained suppression of a check', ja: '理由なく検査を抑止しない' },
  why: {
    en: 'A silenced check hides the next real fault at the same place, and nobody can tell whether it was ever harmless.',
    ja: '抑止された検査は、同じ場所で次に起きる本当の欠陥も隠します。無害だったかどうかは誰にも分かりません。',
  },
  fix: {
    en: 'Mend the code the check complains about. If the check is wrong here, name it and say why in the same comment.',
    ja: '指摘された箇所を直してください。検査の方が誤りなら、検査名と理由を同じコメントに書いてください。',
  },
  messages: {
    blanket: { en: 'Every check of {tool} is silenced here.', ja: '{tool} のすべての検査をここで抑止しています。' },
    named: {
      en: '{tool} is silenced ({checks}) without a reason.',
      ja: '{tool} の検査（{checks}）を理由なく抑止しています。',
    },
    unexplained: {
      en: 'A complaint of {tool} is silenced without a reason.',
      ja: '{tool} の指摘を理由なく抑止しています。',
    },
    'no-reason': {
      en: '“{rule}” is asked to be ignored here without a reason, so it is not. The reason goes after “ -- ”.',
      ja: '「{rule}」の抑止に理由がないため、抑止しません。理由は「 -- 」の後に書きます。',
    },
    'unknown-rule': {
      en: 'There is no rule “{rule}” to ignore here.',
      ja: '抑止しようとしている「{rule}」というルールはありません。',
    },
    'not-at-head': {
      en: '“{rule}” is asked to be ignored in the whole file, but not at its head, so it is not.',
      ja: '「{rule}」をファイル全体で抑止する指定が先頭付近にないため、抑止しません。',
    },
    'too-many': {
      en: 'So many requests to ignore rules stand in the code that those from here on have no effect.',
      ja: 'ルールの抑止が多すぎるため、ここから先の指定は無効です。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': '// @ts-ignore\npay(card);\n' } },
      { files: { 'src/pay.js': '/* eslint-disable */\npay(card);\n' } },
      { files: { 'pay.py': 'import os\nos.system(command)  # noqa\n' } },
      { files: { 'src/Pay.java': 'class Pay {\n  @SuppressWarnings("unchecked")\n  void pay() { run(); }\n}\n' } },
      { files: { 'pay.go': 'package pay\n\nfunc Pay() {\n\tcall() //nolint\n}\n' } },
      { files: { 'src/pay.ts': '// elder-ignore strict/no-long-function\npay(card);\n' } },
      { files: { 'src/pay.ts': 'pay(card); // elder-ignore strict/no-such-rule -- the bank wants it\n' } },
    ],
    good: [
      {
        files: {
          'src/Pay.java':
            'class Pay {\n  @SuppressWarnings("unchecked") // types must agree\n  void pay() { run(); }\n}\n',
        },
      },
      {
        files: {
          'src/pay.js':
            '/* eslint-disable-next-line security/detect-object-injection */ // a verified false alarm\npay(cards[k]);\n',
          'pay.sh': '# defined only for those that read it\n# shellcheck disable=SC2034\nCARD=\n',
          'pay.go': 'package pay\n\nfunc Pay() {\n\t//nolint:gosec\n\t// A card is never that long.\n\tcall()\n}\n',
        },
      },
      {
        files: {
          'src/pay.ts': '// eslint-disable-next-line no-bitwise -- flags of the card protocol\nconst flags = a | b;\n',
        },
      },
      { files: { 'pay.py': '# elder-ignore integrity/no-stub -- a plug-in fills it\npay(card)\n' } },
      { files: { 'pay/__init__.py': 'from .card import Card  # noqa: F401\n' } },
      { files: { 'src/pay.js': 'const text = "// eslint-disable";\nshow(text);\n' } },
      {
        files: {
          'src/pay.ts': 'export const pay = (n: number) => n + 1;\n',
          'tests/pay.test.ts': "// @ts-ignore\ntest('pays', () => { expect(pay(1)).toBe(1); });\n",
        },
      },
    ],
  },

  *check({ suppressions, ignoreComments, checkSettings, totals }, { allowTools }) {
    let sum = 0;
    for (const row of ignoreComments) {
      if (row.problem === null) continue;
      sum += 1;
      yield withoutEffect(row, row.problem);
    }
    for (const row of suppressions) {
      if (row.role !== 'production') continue;
      if (NOT_CHECKS.has(row.tool) || allowTools.includes(row.tool) || isReexport(row)) continue;
      if (row.hasReason) continue;
      const blanket = isBlanket(row, checkSettings);
      const weight = blanket ? 1 : NARROW_WEIGHT;
      sum += weight;
      const checks = row.checks.join(', ').slice(0, 80);
      yield {
        messageId: blanket ? 'blanket' : checks === '' ? 'unexplained' : 'named',
        data: { tool: row.tool, checks },
        location: { path: row.path, line: row.line },
        evidence: row.text,
        severity: blanket ? 'high' : 'medium',
        anchor: row.text,
        weight,
      };
    }
    return { value: (sum * 1000) / totals.codeLines };
  },
});
