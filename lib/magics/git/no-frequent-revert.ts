import * as z from 'zod';
import { isOwnWork, isRevert, MAX_LISTED_COMMITS, percent } from '../commits';
import { defineRule } from '../define';
import { changes } from '../sketches';

export const noFrequentRevert = defineRule({
  id: 'git/no-frequent-revert',
  catalogue: 'GIT-13',
  group: 'reverts',
  severity: 'medium',
  confidence: 0.95,
  needs: ['commits'],
  limits: { per: 'measure', good: 0.01, bad: 0.08, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://dora.dev/guides/dora-metrics-four-keys/'],
  options: z.object({}),

  title: { en: 'Few changes are taken back', ja: '差し戻しが少ない' },
  why: {
    en: 'A change that is reverted passed every gate and was still wrong: the gates miss something.',
    ja: '差し戻された変更は、すべてのゲートを通ってなお誤っていました。ゲートに抜けがあります。',
  },
  fix: {
    en: 'For each revert, add the test or check that would have stopped the change.',
    ja: '差し戻しのたびに、その変更を止められたはずのテストや検査を追加してください。',
  },
  messages: {
    reverted: {
      en: 'Takes a change back: “{subject}”; {share} % of recent commits do.',
      ja: '変更を差し戻しています：「{subject}」。最近のコミットの{share}%が差し戻しです。',
    },
  },
  examples: {
    bad: [
      { commits: changes('Add a parser', 'Add dates', 'Revert "Add dates"') },
      {
        commits: changes(
          '解析を追加',
          '日付を追加',
          'やり直し\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.',
        ),
      },
    ],
    good: [
      { commits: changes('Add a parser', 'Add revert button', 'Reverse the list') },
      { commits: changes('feat: add undo', 'docs: how to revert a commit', '差し戻し画面を追加') },
      { commits: changes('Start', 'Let users revert a page', 'Explain reverts') },
    ],
  },

  *check({ commits }) {
    const judged = commits.filter(isOwnWork);
    const reverts = judged.filter(isRevert);
    const share = percent(reverts.length, judged.length);
    for (const { id, subject } of reverts.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'reverted',
        data: { share, subject: subject.slice(0, 80) },
        commits: [id],
        evidence: subject,
        anchor: id,
      };
    }
    const value = reverts.length / judged.length;
    return { value, population: judged.length, metrics: { revert_rate: Number.isFinite(value) ? value : 0 } };
  },
});
