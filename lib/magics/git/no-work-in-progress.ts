import * as z from 'zod';
import { isOwnWork, MAX_LISTED_COMMITS, parseConventional } from '../commits';
import { defineRule } from '../define';
import { changes } from '../sketches';

const UNFINISHED = [
  /^(?:\[wip\]|\(wip\)|<wip>|wip(?:$|[:!.)\]-]|\s(?!limits?\b|labels?\b|status\b|mark|prefix|commits?\b|detect)))/i,
  /^(?:\[(?:draft|tmp|temp|do not merge|dnm)\]|do not merge\b|draft:|(?:tmp|temp)(?:$|:\s|\s+commit\b)|temporary commit\b)/i,
  /^(?:fixup|squash|amend)! /,
  /^(?:WIP|index) on [\w./-]+: [0-9a-f]{7}/,
  /^(?:作業中|書きかけ|途中保存|仮コミット|一時保存)/u,
  /[[(]wip[\])]$/i,
];

export function isUnfinished(subject: string): boolean {
  const conventional = parseConventional(subject);
  return conventional?.type === 'wip' || UNFINISHED.some((form) => form.test(conventional?.description ?? subject));
}

export const noWorkInProgress = defineRule({
  id: 'git/no-work-in-progress',
  catalogue: 'GIT-04',
  group: 'messages',
  severity: 'high',
  confidence: 0.95,
  needs: ['commits'],
  limits: { per: 'measure', good: 0, bad: 0.03, range: [0, 1] },
  effort: 'moderate',
  references: ['https://git-scm.com/docs/git-rebase#Documentation/git-rebase.txt---autosquash'],
  options: z.object({}),

  title: { en: 'No unfinished commits on the shared branch', ja: '作業途中のコミットを共有ブランチに残さない' },
  why: {
    en: 'A commit that calls itself unfinished breaks bisection and hides what the change became.',
    ja: '作業途中のコミットは二分探索を妨げ、変更が最終的にどうなったかを分からなくします。',
  },
  fix: {
    en: 'Squash it before merging (git rebase -i --autosquash), and refuse such subjects in CI.',
    ja: 'マージ前に git rebase -i --autosquash でまとめ、CI でこの種の件名を拒否してください。',
  },
  messages: {
    unfinished: {
      en: '“{subject}” marks itself as unfinished.',
      ja: '「{subject}」は、自ら作業途中だと示しています。',
    },
  },
  examples: {
    bad: [
      { commits: changes('Add a parser', 'WIP: dates') },
      { commits: changes('Add a parser', 'fixup! Add a parser') },
      { commits: changes('feat: add a parser', 'wip(dates): half of it', '作業中：日付') },
    ],
    good: [
      { commits: changes('Add a parser', 'Support WIP limits', 'WIP limits: read them from the board') },
      { commits: changes('Clean up temporary files', 'Temperature in Celsius', 'Tempo: half the speed') },
      { commits: changes('編集中の状態を保存できるようにする', 'Wipe the cache on exit') },
    ],
  },

  *check({ commits }) {
    const judged = commits.filter(isOwnWork);
    const unfinished = judged.filter((commit) => isUnfinished(commit.subject));
    for (const { id, subject } of unfinished.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'unfinished',
        data: { subject: subject.slice(0, 80) },
        commits: [id],
        evidence: subject,
        anchor: id,
      };
    }
    const value = unfinished.length / judged.length;
    return { value, population: judged.length, metrics: { unfinished_commits: unfinished.length } };
  },
});
