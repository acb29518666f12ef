import * as z from 'zod';
import { defineRule } from '../define';
import type { FileRole } from '../facts/code';
import type { Severity } from '../types';

/** Texts about Git and test data may show markers on purpose. */
const SEVERITY_BY_ROLE: Partial<Record<FileRole, Severity>> = {
  production: 'critical',
  configuration: 'critical',
  lock: 'critical',
  test: 'high',
  documentation: 'low',
};

const MARKED = '<<<<<<< HEAD\nexport const rate = 1;\n=======\nexport const rate = 2;\n>>>>>>> topic\n';

export const noConflictMarker = defineRule({
  id: 'git/no-conflict-marker',
  catalogue: 'GIT-11',
  group: 'hygiene',
  severity: 'critical',
  confidence: 0.98,
  needs: ['conflictMarkers'],
  limits: { per: 'sites', good: 0, bad: 1 },
  effort: 'trivial',
  references: ['https://git-scm.com/docs/git-merge#_how_conflicts_are_presented'],
  tags: ['NIST SSDF PW.7'],
  options: z.object({}),

  title: { en: 'No merge conflict markers', ja: 'マージ競合の目印を残さない' },
  why: {
    en: 'The merge was never finished: the file holds both versions and most likely does not run.',
    ja: 'マージが終わっていません。両方の版がファイルに残り、ほぼ確実に動作しません。',
  },
  fix: {
    en: 'Choose one side, remove the markers, and let CI run “git diff --check”.',
    ja: 'どちらの版を採るか決めて目印を消し、CI で git diff --check を実行してください。',
  },
  messages: {
    marker: { en: 'A merge conflict was committed unresolved.', ja: '未解決のマージ競合がコミットされています。' },
  },
  examples: {
    bad: [
      { files: { 'src/tax.ts': `export const name = 'tax';\n${MARKED}` } },
      { files: { 'config/税率.yml': '<<<<<<< HEAD\nrate: 8\n=======\nrate: 10\n>>>>>>> 新税率\n' } },
    ],
    good: [
      { files: { 'README.rst': 'Title\n=======\n\nText.\n' } },
      { files: { 'src/tax.ts': "export const mark = '<<<<<<< HEAD';\n// =======\n" } },
      { files: { 'tests/fixtures/merge.txt': MARKED, 'src/a.ts': 'export const a = 1 << 7;\n' } },
    ],
  },

  *check({ conflictMarkers }) {
    const seen = new Set<string>();
    for (const { path, role, line } of conflictMarkers) {
      const severity = SEVERITY_BY_ROLE[role];
      if (severity === undefined || seen.has(path)) continue;
      seen.add(path);
      const confidence = role === 'documentation' ? 0.5 : 0.98;
      yield { messageId: 'marker', location: { path, line }, severity, confidence };
    }
  },
});
