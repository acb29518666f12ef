import * as z from 'zod';
import { isMerge, isOwnWork, isRevert, MAX_LISTED_COMMITS, percent } from '../commits';
import { type CheckOutput, defineRule, type SketchCommit } from '../define';
import type { CommitFact } from '../facts/history';
import { directoryOf, isDocumentationPath, isProductionPath, isSourcePath, isTestPath } from '../paths';
import { subjectStems } from '../test-matching';

const DAY = 86_400;
const WITHIN_DAYS = 14;
const MIN_PROSE = 80;

const HOTFIX =
  /^(?:\[?hot-?fix\]?|\w+\(hot-?fix\)!?)\s*[:(\]/ -]|\bhot-?fix(?:es)?\b|\bemergency fix\b|緊急(?:修正|対応|リリース)|ホットフィックス/i;
/** A revert of a revert brings the change back. */
const REAPPLY = /^(?:revert(?:ed|s)?:?|undo) (?:["“']?)(?:revert|undo)\b|\breapply\b/i;
const ISSUE_KEY = /\b(?!(?:UTF|ISO|SHA|RFC|MD|CVE-\d{4})-)[A-Z][A-Z0-9]{1,9}-\d+\b|\/issues\/\d+|\bCVE-\d{4}-\d+/;
const ISSUE_NUMBER = /(?:^|[\s(:,])(?:[\w.-]+\/[\w.-]+)?#\d+\b|\bGH-\d+\b/;
/** What hosts and Git write themselves. */
const WRITTEN_BY_TOOLS =
  /^(?:This reverts commits? [0-9a-f]{7,64}.*|Reverts \S+|(?:Signed-off|Reviewed|Approved|Acked|Co-authored|Tested)-by:.*|Change-Id:.*|\(cherry picked from .*|PR-URL:.*|commit [0-9a-f]{7,64}\.?)$/gim;

const isProduct = (path: string) => isSourcePath(path) && isProductionPath(path);

function isSetback(commit: CommitFact): boolean {
  if (isMerge(commit) || !isOwnWork(commit) || REAPPLY.test(commit.subject)) return false;
  return (isRevert(commit) || HOTFIX.test(commit.subject)) && commit.files.some(({ path }) => isProduct(path));
}

/** Names an issue, or says in so many words what went wrong. */
function isExplained({ subject, body }: CommitFact): boolean {
  const own = body.replace(WRITTEN_BY_TOOLS, '').trim();
  const prose = own.replace(/\s+/g, ' ');
  const title = subject.replace(/["“”][^"“”]*["“”]/g, '').replace(/\(#\d+\)\s*$/, '');
  const isLong = prose.length >= MIN_PROSE || /[\p{sc=Hiragana}\p{sc=Han}][^\n]{40}/u.test(prose);
  return isLong || [own, title].some((text) => ISSUE_NUMBER.test(text) || ISSUE_KEY.test(text));
}

/** Does a commit hold a test or a document about one of these files? */
function teaches(commit: CommitFact, subjects: ReadonlySet<string>, stems: ReadonlySet<string>): boolean {
  const touches = commit.files.some(({ path }) => subjects.has(path));
  return commit.files.some(({ path, status }) => {
    if (status === 'D') return false;
    if (isTestPath(path)) {
      const isBeside = [...subjects].some((subject) => directoryOf(subject) === directoryOf(path));
      return touches || isBeside || subjectStems(path).some((stem) => stems.has(stem));
    }
    return touches && isDocumentationPath(path);
  });
}

const add = (message: string, files: Record<string, string>): SketchCommit => ({ message, files });
const code = (step: number) => ({ 'src/dates.ts': `export const step = ${step};\n` });
const TAKEN_BACK = 'Revert "Read dates in one pass"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.';
/** Enough time for the lesson, and a newest commit to measure it by. */
const LATER: SketchCommit = { message: 'Write notes', at: '2024-03-01T00:00:00Z', files: { 'notes.txt': 'a\n' } };

export const hasLesson = defineRule({
  id: 'sages/has-lesson',
  catalogue: 'SAG-I3',
  group: 'incident',
  severity: 'medium',
  confidence: 0.8,
  needs: ['commits'],
  limits: { per: 'measure', good: 0.7, bad: 0.1, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://sre.google/sre-book/postmortem-culture/', 'https://dora.dev/guides/dora-metrics-four-keys/'],
  tags: ['ISO27001 A.5.27', 'SSDF RV.3', 'SOC2 CC7.5'],
  options: z.object({ withinDays: z.number().int().min(1).max(60).default(WITHIN_DAYS) }),

  title: { en: 'A revert or hotfix leaves a lesson', ja: '差し戻しや緊急修正から学びを残す' },
  why: {
    en: 'What was taken back in a hurry and never explained or tested happens again.',
    ja: '急いで差し戻したまま、説明もテストも残さなければ、同じことが繰り返されます。',
  },
  fix: {
    en: 'Add the test that would have caught it, or link the issue or post-mortem that tells the cause.',
    ja: '防げたはずのテストを追加するか、原因を記した課題や振り返りの文書を結び付けてください。',
  },
  messages: {
    revert: {
      en: 'Takes a change back without a reason; no test, document or issue about it followed within {days} days.',
      ja: '理由を書かずに差し戻しており、その後{days}日以内にテスト・文書・課題のいずれも加わっていません。',
    },
    hotfix: {
      en: 'A hotfix without a cause; no test, document or issue about it came with it or within {days} days.',
      ja: '原因の説明がない緊急修正で、{days}日以内にテスト・文書・課題のいずれも加わっていません。',
    },
  },
  examples: {
    bad: [
      { commits: [add('Start', code(0)), add('Read dates in one pass', code(1)), add(TAKEN_BACK, code(0)), LATER] },
      {
        commits: [
          add('開始', { 'dates.py': 'a = 1\n' }),
          add('緊急修正: 日付', { 'dates.py': 'a = 2\n' }),
          add('Add zones', { 'zones.py': 'b = 1\n', 'tests/test_zones.py': 'def test_b():\n    assert True\n' }),
          LATER,
        ],
      },
      {
        commits: [
          add('Start', code(0)),
          add('hotfix: dates', code(1)),
          {
            message: 'Test dates',
            at: '2024-02-20T00:00:00Z',
            files: { 'src/dates.test.ts': 'test("a", () => {});\n' },
          },
          LATER,
        ],
      },
    ],
    good: [
      {
        commits: [
          add('Start', code(0)),
          add('Read dates in one pass', code(1)),
          add(TAKEN_BACK, code(0)),
          add('Test dates across zones', { 'src/dates.test.ts': 'test("a", () => {});\n' }),
          LATER,
        ],
      },
      {
        commits: [
          add('Start', code(0)),
          add(`${TAKEN_BACK}\n\nIt broke zones east of Greenwich, see #12.`, code(1)),
          add('hotfix: dates (DATES-17)', code(2)),
          add(
            'Hotfix for dates\n\nThe parser took the offset for a sign when the month was left out, so that every date of a leap year moved by one day.',
            code(3),
          ),
          LATER,
        ],
      },
      {
        commits: [
          add('Start', code(0)),
          add('hotfix: 日付', { ...code(1), 'CHANGELOG.md': '## 1.0.1\n' }),
          add('Revert "Revert "Read dates in one pass""', code(2)),
          add('Revert "Bump a"', { 'package.json': '{}\n' }),
          LATER,
        ],
      },
      {
        commits: [
          add('Start', { 'main.go': 'package main\n' }),
          add('hotfix: exit code', { 'main.go': 'package main\n\nvar a = 1\n', 'main_test.go': 'package main\n' }),
          LATER,
        ],
      },
    ],
  },

  *check({ commits, now }, { withinDays }): CheckOutput {
    const span = withinDays * DAY;
    const setbacks = commits.filter((commit) => isSetback(commit) && commit.committedAt + span <= now);
    if (setbacks.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };

    const unlearnt = setbacks.filter((setback) => {
      if (isExplained(setback)) return false;
      const subjects = new Set(setback.files.map(({ path }) => path).filter(isProduct));
      const stems = new Set([...subjects].flatMap(subjectStems));
      return !commits.some((commit) => {
        const age = commit.committedAt - setback.committedAt;
        return age >= 0 && age <= span && teaches(commit, subjects, stems);
      });
    });
    for (const commit of unlearnt.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: isRevert(commit) ? 'revert' : 'hotfix',
        data: { days: withinDays },
        commits: [commit.id],
        evidence: commit.subject,
        anchor: commit.id,
      };
    }
    const learnt = setbacks.length - unlearnt.length;
    return {
      value: learnt / setbacks.length,
      population: setbacks.length,
      metrics: { setbacks: setbacks.length, setbacks_learnt_percent: percent(learnt, setbacks.length) },
    };
  },
});
