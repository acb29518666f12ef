import { z } from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { BranchFact } from '../facts';
import { compareText } from '../hash';
import { changes } from '../sketches';
import { isLongLived } from './long-lived';

const DAY = 86_400;
const MAX_LISTED = 50;

function byAge(a: BranchFact, b: BranchFact): number {
  return a.at - b.at || compareText(a.name, b.name);
}

const on = (iso: string, path: string, parent?: number) => ({
  message: `Change ${path}`,
  at: iso,
  files: { [path]: `// ${iso}\n` },
  ...(parent !== undefined && { parent }),
});
const old = [on('2024-01-01T09:00:00Z', 'src/a.ts'), on('2024-01-02T09:00:00Z', 'src/b.ts', 0)];

export const noStaleBranch = defineRule({
  id: 'git/no-stale-branch',
  catalogue: 'GIT-10',
  group: 'branches',
  severity: 'low',
  confidence: 0.95,
  needs: ['branches', 'history'],
  limits: { per: 'sites', good: 2, bad: 20 },
  report: 'beyond-limit',
  effort: 'trivial',
  references: ['https://trunkbaseddevelopment.com/short-lived-feature-branches/'],
  options: z.object({ maxDays: z.number().int().min(1).max(3650).default(90) }),

  title: { en: 'No forgotten branches', ja: '放置されたブランチを残さない' },
  why: {
    en: 'Work that waits grows harder to merge every day, and nobody can tell it from work that was given up.',
    ja: '放置した作業は日ごとにマージしにくくなり、断念された作業と見分けがつかなくなります。',
  },
  fix: {
    en: 'Merge or close the work, then delete the branch; let the host delete branches when requests are merged.',
    ja: '作業をマージするか取りやめ、ブランチを削除してください。マージ時に自動で削除する設定も使えます。',
  },
  messages: {
    stale: {
      en: 'Branch “{branch}” has unmerged commits, the newest {days} days old.',
      ja: 'ブランチ「{branch}」に未マージのコミットがあり、最新のものでも{days}日前です。',
    },
    merged: {
      en: 'Branch “{branch}” was merged and not deleted.',
      ja: 'ブランチ「{branch}」は、マージ済みのまま削除されていません。',
    },
  },
  examples: {
    bad: [
      {
        commits: [...old, on('2024-09-01T09:00:00Z', 'src/c.ts', 0)],
        branches: ['report', 'feature/login', 'fix-数値'].map((name) => ({ name, commit: 1 })),
      },
      {
        commits: [on('2024-01-01T09:00:00Z', 'src/a.ts'), on('2024-01-02T09:00:00Z', 'src/b.ts')],
        branches: ['done', 'feature/done', '完了'].map((name) => ({ name, commit: 0 })),
      },
    ],
    good: [
      { commits: changes('Start', 'Add a parser') },
      {
        commits: [...old, on('2024-09-01T09:00:00Z', 'src/c.ts', 0)],
        branches: ['release/1.0', '4.x', 'gh-pages', 'v1.2-stable', 'develop'].map((name) => ({ name, commit: 1 })),
      },
      {
        commits: [...old, on('2024-02-01T09:00:00Z', 'src/c.ts', 0)],
        branches: ['report', 'login', 'numbers'].map((name) => ({ name, commit: 1 })),
      },
      {
        commits: [...old, on('2024-09-01T09:00:00Z', 'src/c.ts', 0)],
        branches: ['report', 'login'].map((name) => ({ name, commit: 1 })),
      },
    ],
  },

  *check({ branches, history, now }, { maxDays }): CheckOutput {
    const topics = branches.filter(({ name }) => name !== history.branch && !isLongLived(name));
    const stale = topics.filter(({ isMerged, at }) => !isMerged && now - at > maxDays * DAY).sort(byAge);
    // A branch at the audited commit itself may just have begun.
    const merged = topics.filter(({ isMerged, at }) => isMerged && at < now).sort(byAge);
    for (const { name, at, commitId } of stale.slice(0, MAX_LISTED)) {
      const data = { branch: name.slice(0, 100), days: Math.floor((now - at) / DAY) };
      yield { messageId: 'stale', data, commits: [commitId], anchor: name };
    }
    for (const { name, commitId } of merged.slice(0, MAX_LISTED)) {
      yield { messageId: 'merged', data: { branch: name.slice(0, 100) }, commits: [commitId], anchor: name };
    }
    return {
      value: stale.length + merged.length,
      metrics: { stale_branches: stale.length, merged_branches: merged.length },
    };
  },
});
