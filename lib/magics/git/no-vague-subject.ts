import * as z from 'zod';
import { isOwnWork, isRelease, isRevert, MAX_LISTED_COMMITS, parseConventional } from '../commits';
import { defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import { changes } from '../sketches';

/** A body this long explains what the subject does not. */
const MIN_BODY = 40;

const VERB =
  'updat(?:e[sd]?|ing)|chang(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|edit(?:s|ed)?|modif(?:y|ied)|improve(?:s|d|ments?)?|clean(?:ed|ing)?[ -]?up|tweak(?:s|ed)?|adjust(?:ments?|ed)?|refactor(?:ed|ing)?|commit|save[sd]?|add(?:s|ed)?|remove[sd]?|delete[sd]?|address(?:ed)?|apply|applied|work(?:ing)?';
const OBJECT =
  'it|this|that|stuff|things?|code|codes|bugs?|issues?|errors?|problems?|files?|changes?|updates?|fix(?:es)?|more|again|up|work|all|some|everything|something|misc|various|minor|small|little|several|few|new|review|comments?|feedback|suggestions?|requested';
const FILLER = 'the|a|an|some|more|few|of|from|on|to|in|and|my|code|review|pr|various|minor|small|several|other';

const VAGUE = new RegExp(
  `^(?:(?:${FILLER}|quick|simple|another|final|last)\\s+)*(?:(?:${VERB})(?:\\s+(?:${FILLER}))*(?:\\s+(?:${OBJECT}))*|(?:${OBJECT}|misc(?:ellaneous)?|oops|whoops|asdf+|foo|bar|test(?:ing)?|minor|latest|stuff|progress|nit|nits|done|final|first|\\w)(?:\\s+(?:${OBJECT}))*)$`,
  'i',
);
const VAGUE_JAPANESE =
  /^(?:(?:ちょっと|少し|色々|いろいろ|微|軽微な|諸々|もろもろ|バグ|不具合|エラー|ファイル|コード|レビュー|指摘)(?:を|の)?)*(?:修正|更新|変更|対応|追加|削除|調整|改善|作業|作業中|その他|バグ|不具合|途中|保存|整理|リファクタ(?:リング)?)(?:しました|した|する|中|など)?$/u;

/** What is left of a subject without type, ticket, pull request mark, emoji and closing punctuation. */
export function substanceOf(subject: string): string {
  const description = parseConventional(subject)?.description ?? subject;
  return description
    .replace(/\s*\((?:[\w.-]+\/[\w.-]+)?[#!]\d+\)/g, '')
    .replace(/[[(]?\b[A-Z][A-Z0-9_]+-\d+\b[\])]?:?|(?:^|\s)#\d+:?/g, ' ')
    .replace(/:[a-z0-9_+-]+:|\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]/gu, ' ')
    .replace(/[\s.!?…。、:;,-]+$/u, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export function isVague(commit: Pick<CommitFact, 'subject' | 'body'>): boolean {
  if (commit.body.trim().length >= MIN_BODY) return false;
  const substance = substanceOf(commit.subject);
  return substance === '' || VAGUE.test(substance) || VAGUE_JAPANESE.test(substance);
}

export const noVagueSubject = defineRule({
  id: 'git/no-vague-subject',
  catalogue: 'GIT-03',
  group: 'messages',
  severity: 'low',
  needs: ['commits'],
  limits: { per: 'measure', good: 0.02, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'trivial',
  references: ['https://doi.org/10.1145/3510003.3510205'],
  options: z.object({}),

  title: { en: 'Subjects that say what changed', ja: '件名で変更内容を伝える' },
  why: {
    en: 'Whoever searches for the cause of a defect later reads subjects; “update” hides the answer.',
    ja: '後で不具合の原因を探す人は件名を読みます。「更新」だけでは何も分かりません。',
  },
  fix: {
    en: 'Name what changed and what it affects; put the reason in the body.',
    ja: '何を変え、何に影響するかを件名に書き、理由は本文に書いてください。',
  },
  messages: {
    vague: {
      en: 'The subject “{subject}” does not say what changed.',
      ja: '件名「{subject}」からは、何が変わったのか分かりません。',
    },
  },
  examples: {
    bad: [
      { commits: changes('Add a parser', 'update', 'Fix bug', 'fix: changes') },
      { commits: changes('Add a parser', '修正', 'PAY-12', '🎉', 'minor fixes (#12)') },
    ],
    good: [
      { commits: changes('Add a parser', 'fix: typo', 'Update README.md', 'Fix #12: wrong total') },
      { commits: changes('構文解析を追加する', '二重登録を防ぐ', '日付の不具合を修正', 'v1.2.0') },
      {
        commits: changes(
          'Add a parser',
          'Fixes\n\nThe reader dropped the last line of files that do not end in a newline.',
          'Test the date parser',
        ),
      },
    ],
  },

  *check({ commits }) {
    const judged = commits.filter((commit) => isOwnWork(commit) && !isRevert(commit) && !isRelease(commit));
    const vague = judged.filter(isVague);
    for (const { id, subject } of vague.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'vague',
        data: { subject: subject.slice(0, 80) },
        commits: [id],
        evidence: subject,
        anchor: id,
      };
    }
    const value = vague.length / judged.length;
    return { value, population: judged.length, metrics: { vague_subjects: vague.length } };
  },
});
