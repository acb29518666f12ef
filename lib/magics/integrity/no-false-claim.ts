import * as z from 'zod';
import { type Claim, changesCode, claimOf, isProseOnly, mayBeProseInCode, touchesTests } from '../claims';
import { isOwnWork, isRelease, isRevert } from '../commits';
import { defineRule } from '../define';
import type { CommentFact, FunctionFact } from '../facts/code';
import type { CommitFact, FileHistoryFact } from '../facts/history';
import { findMarker } from '../markers';
import { isSourcePath } from '../paths';
import { isDeliberatelyEmpty } from '../placeholders';
import type { RawFinding } from '../types';

export const noFalseClaim = defineRule({
  id: 'integrity/no-false-claim',
  catalogue: 'INT-13',
  group: 'truth',
  severity: 'medium',
  upTo: 'high',
  confidence: 0.8,
  needs: ['commits', 'fileHistory', 'functions', 'comments', 'tests'],
  limits: { per: 'measure', good: 0.02, bad: 0.15, range: [0, 1] },
  references: ['https://doi.org/10.1145/3510003.3510205', 'https://www.conventionalcommits.org/en/v1.0.0/'],
  tags: ['ISO27001 A.8.32', 'SOC2 CC8.1', 'NIST SSDF PO.3'],
  options: z.object({}),

  title: { en: 'Commits do what they say', ja: 'コミットは宣言どおりの変更を行う' },
  why: {
    en: 'Reviewers, release notes and automation act on the message. A false one hides risk in the place where nobody looks.',
    ja: 'レビュー、リリースノート、自動化はメッセージを信じて動きます。偽りの宣言は、誰も見ない場所に危険を隠します。',
  },
  fix: {
    en: 'Say what the change is. Split commits that do several things, and claim completion only when nothing is left open.',
    ja: '実際の変更を書いてください。複数の目的を含むコミットは分け、残作業がないときだけ完了と宣言してください。',
  },
  messages: {
    tests: {
      en: '“{subject}” claims tests and touches none.',
      ja: '「{subject}」はテストの追加を宣言していますが、テストに触れていません。',
    },
    documentation: {
      en: '“{subject}” claims documentation only and changes the code of {path}.',
      ja: '「{subject}」は文書のみの変更と宣言していますが、{path} のコードを変えています。',
    },
    fix: {
      en: '“{subject}” claims to mend a defect and touches only prose.',
      ja: '「{subject}」は不具合の修正を宣言していますが、文章しか変えていません。',
    },
    stub: {
      en: '“{subject}” claims completion; {name} in {path}, added by it, is not implemented.',
      ja: '「{subject}」は完了を宣言していますが、そこで追加された {path} の {name} は未実装です。',
    },
    marker: {
      en: '“{subject}” claims completion; {path}, added by it, still says “{name}”.',
      ja: '「{subject}」は完了を宣言していますが、そこで追加された {path} に「{name}」が残っています。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          { message: 'feat: pay', files: { 'src/pay.ts': 'export const pay = 1;\n' } },
          { message: 'test: cover payment', files: { 'src/pay.ts': 'export const pay = 2;\n' } },
        ],
      },
      {
        commits: [
          { message: 'feat: pay', files: { 'src/pay.ts': 'export const pay = 1;\n' } },
          { message: 'docs: explain payment', files: { 'src/pay.ts': 'export const pay = charge(3) + fee;\n' } },
        ],
      },
      {
        commits: [
          {
            message: 'Implement refunds',
            files: { 'src/refund.rs': 'pub fn refund(id: u32) -> u32 {\n    todo!()\n}\n' },
          },
        ],
      },
      {
        commits: [
          { message: 'Add pay', files: { 'pay.py': 'def pay():\n    return 1\n', 'README.md': '# Pay\n' } },
          { message: 'fix: crash on an empty card', files: { 'README.md': '# Pay\n\nStable.\n' } },
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'feat: flags', files: { 'src/flags.rs': 'pub const TEXT: &str = "Counts what is found.";\n' } },
          {
            message: 'docs: clarify --count',
            files: { 'src/flags.rs': 'pub const TEXT: &str = "Counts the lines that are found.";\n' },
          },
        ],
      },
      {
        commits: [
          { message: 'feat: flags', files: { 'src/flags.rs': 'use a::{c, B};\npub fn f() { c(B) }\n' } },
          { message: 'style: apply rustfmt', files: { 'src/flags.rs': 'use a::{B, c};\npub fn f() { c(B) }\n' } },
        ],
      },
      {
        commits: [
          { message: 'feat: pay', files: { 'src/pay.ts': 'export const pay = 1;\n' } },
          {
            message: 'test: cover payment',
            files: { 'src/pay.test.ts': "test('pays', () => { expect(pay).toBe(1); });\n" },
          },
        ],
      },
      {
        commits: [
          { message: 'feat: pay', files: { 'src/pay.ts': 'export const pay = 1;\n' } },
          {
            message: 'docs: explain payment',
            files: { 'src/pay.ts': '/** Charges the card. */\nexport const pay = 1;\n' },
          },
        ],
      },
      {
        commits: [
          { message: 'Add parser', files: { 'src/lib.rs': 'pub fn parse(n: u32) -> u32 { n + 1 }\n' } },
          {
            message: 'Add tests',
            files: {
              'src/lib.rs':
                'pub fn parse(n: u32) -> u32 { n + 1 }\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() { assert_eq!(super::parse(1), 2); }\n}\n',
            },
          },
        ],
      },
      {
        commits: [
          {
            message: 'Implement refunds',
            files: { 'src/refund.ts': 'export function refund(id: number) {\n  return bank.refund(id);\n}\n' },
          },
          { message: 'Fix typo in crash guide', files: { 'docs/crash.md': '# Crashes\n' } },
        ],
      },
    ],
  },

  *check({ commits, fileHistory, functions, comments, tests }) {
    const judged = commits.filter(
      (commit) => isOwnWork(commit) && commit.files.length > 0 && !isRevert(commit) && !isRelease(commit),
    );
    const inlineTests = new Set(tests.map((test) => test.path));
    const leftovers = openWork(fileHistory, functions, comments);
    let mismatches = 0;
    for (const commit of judged) {
      const claim = claimOf(commit);
      const finding = claim && contradict(claim, commit, inlineTests, leftovers);
      if (!finding) continue;
      mismatches += 1;
      yield { commits: [commit.id], anchor: commit.id, ...finding };
    }
    return {
      value: mismatches / judged.length,
      population: judged.length,
      metrics: { claim_mismatch_rate: mismatches / Math.max(1, judged.length) },
    };
  },
});

function contradict(
  claim: Claim,
  { subject, files }: CommitFact,
  inlineTests: ReadonlySet<string>,
  leftovers: ReadonlyMap<string, Leftover>,
): RawFinding | null {
  const said = subject.slice(0, 100);
  switch (claim) {
    case 'tests': {
      const isAboutCode = files.some(({ path }) => isSourcePath(path));
      return isAboutCode && !touchesTests(files, inlineTests) ? { messageId: 'tests', data: { subject: said } } : null;
    }
    case 'documentation': {
      const changed = files.find(changesCode);
      if (!changed || mayBeProseInCode(subject)) return null;
      return { messageId: claim, data: { subject: said, path: changed.path } };
    }
    case 'bug-fix':
      return isProseOnly(files) ? { messageId: 'fix', data: { subject: said } } : null;
    case 'complete':
      for (const { path, status } of files) {
        const left = status === 'A' ? leftovers.get(path) : undefined;
        if (!left) continue;
        const data = { subject: said, path, name: left.name };
        return { messageId: left.kind, data, location: { path, line: left.line }, severity: 'high' };
      }
      return null;
  }
}

interface Leftover {
  kind: 'stub' | 'marker';
  name: string;
  line: number;
}

/** Open work in files nobody changed since they were added: what the adding commit left behind. */
function openWork(
  fileHistory: readonly FileHistoryFact[],
  functions: readonly FunctionFact[],
  comments: readonly CommentFact[],
): ReadonlyMap<string, Leftover> {
  const untouched = new Set(fileHistory.filter((file) => file.revisions === 1).map((file) => file.path));
  const found = new Map<string, Leftover>();
  for (const { path, role, line, text } of comments) {
    if (role !== 'production' || !untouched.has(path) || found.has(path)) continue;
    const marker = findMarker(text);
    if (marker && (marker.kind !== 'TODO' || /implement|実装|finish|complete/i.test(text))) {
      found.set(path, { kind: 'marker', name: marker.word, line });
    }
  }
  for (const fn of functions) {
    if (fn.role !== 'production' || fn.body !== 'not-implemented' || !untouched.has(fn.path)) continue;
    if (found.get(fn.path)?.kind === 'stub' || isDeliberatelyEmpty(fn) || (fn.container !== null && fn.isDocumented))
      continue;
    found.set(fn.path, { kind: 'stub', name: fn.name, line: fn.line });
  }
  return found;
}
