import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { isOwnWork, MAX_LISTED_COMMITS } from '../commits';
import { defineRule, type Examples } from '../define';
import type { FileRole } from '../facts/code';
import type { CommitFact, CommitFileFact } from '../facts/history';
import { baseName, extensionOf, isSourcePath } from '../paths';
import { lines } from '../sketches';

type RoleOf = (path: string) => FileRole;

/** A page among tests is what they read, or a report of theirs. */
const PAGE = /\.html?$/i;

/** Written by hand and read for defects: no data, documents, locks or generated code. */
function isRead(path: string, roleOf: RoleOf): boolean {
  const role = roleOf(path);
  return (role === 'production' || (role === 'test' && !PAGE.test(path))) && isSourcePath(path);
}

/** Sizes this close are one file moved and touched up, not two files. */
const ALIKE = 0.05;
const MIN_ALIKE = 50;

/** What a file is called wherever it lies: `a/-Dns.kt` and `b/Dns.kt`, `index.rs` and `index/mod.rs`. */
function plainName(path: string): string {
  const inside = path.replace(/\/(?:mod\.rs|(?:index|__init__)(?=\.\w+$))/, '');
  return baseName(inside)
    .toLowerCase()
    .replace(/^[^a-z0-9]+|\.\w+$/g, '');
}

function isMoved(from: CommitFileFact, to: CommitFileFact): boolean {
  const [small, large] = [from.deleted ?? 0, to.added ?? 0].sort((a, b) => a - b) as [number, number];
  if (small === large || plainName(from.path) === plainName(to.path)) return true;
  return extensionOf(from.path) === extensionOf(to.path) && small >= MIN_ALIKE && large - small <= large * ALIKE;
}

/**
 * Lines a reviewer has to read: without generated and vendored files, without whole files deleted, and of files moved,
 * which history shows as one file deleted and one added, only the lines by which they grew or shrank. Null when lines
 * were not counted.
 */
export function linesToRead(files: readonly CommitFileFact[], roleOf: RoleOf = classifyPath): number | null {
  if (files.length > 0 && files.every((file) => file.added === null)) return null;
  const gone = files.filter((file) => file.status === 'D' && file.deleted);
  let sum = 0;
  for (const file of files) {
    if (file.status === 'D' || !isRead(file.path, roleOf)) continue;
    const from = file.status === 'A' ? sourceOf(file, gone) : null;
    if (from === null) sum += (file.added ?? 0) + (file.deleted ?? 0);
    else {
      gone.splice(gone.indexOf(from), 1);
      sum += Math.abs((file.added ?? 0) - (from.deleted ?? 0));
    }
  }
  return sum;
}

/** The deleted file closest in size among those that this one may have been. */
function sourceOf(added: CommitFileFact, gone: readonly CommitFileFact[]): CommitFileFact | null {
  const distance = (file: CommitFileFact) => Math.abs((file.deleted ?? 0) - (added.added ?? 0));
  let best: CommitFileFact | null = null;
  for (const file of gone) {
    if (isMoved(file, added) && (best === null || distance(file) < distance(best))) best = file;
  }
  return best;
}

const isJudged = (commit: CommitFact) => isOwnWork(commit) && commit.parents.length > 0 && commit.files.length > 0;

export const noHugeCommit = defineRule({
  id: 'git/no-huge-commit',
  catalogue: 'GIT-06',
  group: 'size',
  severity: 'medium',
  needs: ['commits', 'files'],
  limits: { per: 'measure', good: 0.01, bad: 0.1, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'large',
  references: ['https://doi.org/10.1109/TSE.2012.70', 'https://dora.dev/capabilities/working-in-small-batches/'],
  options: z.object({ maxLines: z.number().int().min(50).max(100_000).default(1000) }),

  title: { en: 'Commits of a size people can review', ja: 'レビューできる大きさでコミットする' },
  why: {
    en: 'Defects hide in changes too large to read, and such a change can only be reverted as a whole.',
    ja: '読み切れない大きさの変更には不具合が潜みやすく、差し戻すときも丸ごとになります。',
  },
  fix: {
    en: 'Split the work into steps that each build; keep moves and generated files in commits of their own.',
    ja: '作業を、それぞれビルドできる段階に分けてください。移動や生成物は別のコミットにします。',
  },
  messages: {
    huge: {
      en: 'The commit changes {lines} lines in {files} {files|file|files} (limit {limit}).',
      ja: '1つのコミットで{files}個のファイル、{lines}行を変更しています（上限{limit}行）。',
    },
  },
  examples: (): Examples => ({
    bad: [
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'export {};\n' } },
          { message: 'Add everything', files: { 'src/b.ts': lines(1200) } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'export {};\n' } },
          { message: '一覧を追加', files: { 'src/b.ts': lines(600), 'src/一覧.ts': lines(600, 'export const item') } },
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'Start with a large import', files: { 'src/a.ts': lines(3000) } },
          { message: 'Lock', files: { 'package-lock.json': lines(3000), 'src/b.ts': lines(1000) } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': lines(3000) } },
          { message: 'Move', files: { 'src/a.ts': null, 'src/b.ts': lines(3000) } },
          { message: 'Drop what nobody uses', files: { 'src/b.ts': null } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'export {};\n' } },
          { message: 'Generate', files: { 'src/api.generated.ts': lines(5000), 'testdata/big.txt': lines(2000) } },
        ],
      },
    ],
  }),

  *check({ commits, files }, { maxLines }) {
    const roles = new Map(files.map((file) => [file.path, file.role]));
    const roleOf = (path: string) => roles.get(path) ?? classifyPath(path);
    const judged = commits.flatMap((commit) => {
      const count = isJudged(commit) ? linesToRead(commit.files, roleOf) : null;
      return count === null ? [] : [{ commit, count }];
    });
    const huge = judged.filter(({ count }) => count > maxLines);
    for (const { commit, count } of huge.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'huge',
        data: { lines: count, files: commit.files.length, limit: maxLines },
        commits: [commit.id],
        evidence: commit.subject,
        anchor: commit.id,
      };
    }
    const value = huge.length / judged.length;
    return { value, population: judged.length, metrics: { huge_commits: huge.length } };
  },
});
