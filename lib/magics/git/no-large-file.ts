import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';

const MEGABYTE = 1024 * 1024;
const LARGE = 'x'.repeat(6 * MEGABYTE);

export const noLargeFile = defineRule({
  id: 'git/no-large-file',
  catalogue: 'GIT-15',
  group: 'size',
  severity: 'medium',
  confidence: 1,
  needs: ['largeBlobs'],
  limits: { per: 'sites', good: 0, bad: 5 },
  effort: 'moderate',
  references: ['https://git-lfs.com', 'https://docs.github.com/repositories/working-with-files/managing-large-files'],
  options: z.object({
    maxHeadMegabytes: z.number().positive().default(5),
    maxHistoryMegabytes: z.number().positive().default(50),
  }),

  title: { en: 'No large files outside LFS', ja: '大きなファイルを直接入れない' },
  why: {
    en: 'Every clone and every build carries it for ever, even after it is deleted.',
    ja: '削除した後も、すべてのクローンとビルドがそのファイルを抱え続けます。',
  },
  fix: {
    en: 'Keep it in Git LFS, a package registry or object storage; rewrite history only if the team agrees.',
    ja: 'Git LFS、パッケージレジストリ、オブジェクトストレージに置いてください。履歴の書き換えはチームで合意してからにします。',
  },
  messages: {
    head: {
      en: '{size} MB in the current tree (limit {limit} MB).',
      ja: '現在のツリーに {size} MB あります（上限 {limit} MB）。',
    },
    history: {
      en: '“{path}” is gone but {size} MB stay in history (limit {limit} MB).',
      ja: '「{path}」は削除済みですが、履歴に {size} MB 残っています（上限 {limit} MB）。',
    },
  },
  examples: {
    bad: [{ files: { 'assets/demo.bin': LARGE, 'src/a.ts': 'export {};\n' } }, { files: { 'データ/一覧.csv': LARGE } }],
    good: [
      { files: { 'assets/small.bin': 'x'.repeat(4 * MEGABYTE) } },
      {
        commits: [
          { message: 'Add a demo', files: { 'assets/demo.bin': LARGE } },
          { message: 'Drop the demo', files: { 'assets/demo.bin': null, 'src/a.ts': 'export {};\n' } },
        ],
      },
      { files: { 'assets/demo.bin': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9000000\n' } },
    ],
  },

  *check({ largeBlobs }, { maxHeadMegabytes, maxHistoryMegabytes }): CheckOutput {
    for (const { path, sizeBytes, isAtHead } of largeBlobs) {
      const limit = isAtHead ? maxHeadMegabytes : maxHistoryMegabytes;
      if (sizeBytes <= limit * MEGABYTE) continue;
      const size = Math.round((sizeBytes / MEGABYTE) * 10) / 10;
      if (isAtHead) yield { messageId: 'head', data: { size, limit }, location: { path, line: 1 }, anchor: 'head' };
      else yield { messageId: 'history', data: { path, size, limit }, severity: 'low', anchor: `${path} ${sizeBytes}` };
    }
  },
});
