import * as z from 'zod';
import { defineRule, type Sketch } from '../define';
import type { LastAuditFact } from '../facts/audits';

const SHORT = 12;

const audited = (fields: Partial<LastAuditFact>, path = 'src/a.ts'): Sketch => ({
  files: { [path]: 'export const a = 1;\n' },
  lastAudit: { commit: '0123456789abcdef0123456789abcdef01234567', number: 7, isKept: true, ...fields },
});

export const noRewrittenHistory = defineRule({
  id: 'git/no-rewritten-history',
  catalogue: 'GIT-14',
  group: 'hygiene',
  severity: 'high',
  confidence: 0.95,
  needs: ['lastAudit', 'history'],
  limits: null,
  effort: 'moderate',
  references: [
    'https://git-scm.com/book/en/v2/Git-Branching-Rebasing#_rebase_peril',
    'https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches#allow-force-pushes',
  ],
  tags: ['ISO27001 A.8.32', 'SOC2 CC8.1'],
  options: z.object({}),

  title: { en: 'Shared history is not rewritten', ja: '共有した履歴を書き換えない' },
  why: {
    en: 'What was reviewed and audited is no longer what the branch says, and everybody’s clone disagrees with it.',
    ja: 'レビューや監査を受けた内容とブランチの内容が食い違い、全員のクローンと合わなくなります。',
  },
  fix: {
    en: 'Find out what was taken out and bring it back or say why; forbid forced pushes to the branch.',
    ja: '何が取り除かれたかを確かめて、戻すか理由を残し、このブランチへの強制プッシュを禁止してください。',
  },
  messages: {
    rewritten: {
      en: 'Commit {before}, which audit #{number} judged, is no longer part of the branch.',
      ja: '監査 #{number} が判定したコミット {before} は、もうこのブランチに含まれていません。',
    },
  },
  examples: {
    bad: [audited({ isKept: false }), audited({ isKept: false, number: 12 }, 'src/税.ts')],
    good: [audited({}), audited({ number: 1 }, 'src/税.ts')],
  },

  *check({ lastAudit: { commit, number, isKept } }) {
    if (isKept) return;
    yield {
      messageId: 'rewritten',
      data: { before: commit.slice(0, SHORT), number },
      commits: [commit],
      anchor: commit,
    };
  },
});
