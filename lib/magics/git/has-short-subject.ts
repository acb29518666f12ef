import * as z from 'zod';
import { isOwnWork, isRelease, isRevert, MAX_LISTED_COMMITS } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import { changes } from '../sketches';

/** The forge adds it when it squashes a request; nobody typed it. */
const REQUEST_MARK = /\s*\((?:[\w.-]+\/[\w.-]+)?[#!]\d+\)\s*$/;

/** Characters people typed, as they count them: an emoji with its modifiers is one. */
function lengthOf(subject: string): number {
  const typed = subject.replace(REQUEST_MARK, '').replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]/gu, '');
  return [...typed].length;
}

export const hasShortSubject = defineRule({
  id: 'git/has-short-subject',
  catalogue: 'GIT-02',
  group: 'messages',
  severity: 'low',
  confidence: 1,
  needs: ['commits'],
  limits: { per: 'measure', good: 0.05, bad: 0.4, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'trivial',
  references: [
    'https://git-scm.com/docs/git-commit#_discussion',
    'https://git-scm.com/book/en/v2/Distributed-Git-Contributing-to-a-Project',
  ],
  options: z.object({ maxLength: z.number().int().min(40).max(200).default(72) }),

  title: { en: 'Short subjects, set apart from the body', ja: '件名は短く、本文と分ける' },
  why: {
    en: 'Logs, lists of changes and mail show one line. Git takes everything up to the first blank line for the subject.',
    ja: 'ログや変更一覧、メールに表示されるのは1行だけです。Git は最初の空行までをすべて件名とみなします。',
  },
  fix: {
    en: 'Say what changed in at most 72 characters, leave one line blank, and explain below it.',
    ja: '何を変えたかを72文字以内で書き、1行空けてから説明を書いてください。',
  },
  messages: {
    long: {
      en: 'The subject has {length} characters (limit {limit}).',
      ja: '件名が{length}文字あります（上限{limit}文字）。',
    },
    unseparated: {
      en: 'No blank line follows the first: Git reads {lines} lines as one subject.',
      ja: '1行目の後に空行がないため、Git は{lines}行を1つの件名として読みます。',
    },
  },
  examples: {
    bad: [
      {
        commits: changes(
          'Start',
          'Make the parser read dates with offsets of minutes as well as those with offsets of whole hours only',
        ),
      },
      { commits: changes('Start', 'Read offsets\nThey may hold minutes.\nThey may be negative.') },
      {
        commits: changes(
          'はじめる',
          '設定画面で利用者が入力した住所と電話番号と担当者名と請求先と配送先と希望日時と備考欄の内容を、保存の直前にもう一度検査してから登録するように変更した',
        ),
      },
    ],
    good: [
      { commits: changes('Start', 'Read offsets\n\nThey may hold minutes.\nThey may be negative.') },
      { commits: changes('Start', 'Make the parser read dates with offsets of minutes and of whole hours (#12345)') },
      {
        commits: changes(
          'Start',
          'Revert "Make the parser read dates with offsets of minutes and of whole hours only"',
          '二重登録を防ぐ\r\n\r\n同じ伝票を2回送る利用者がいた。\r\n',
        ),
      },
      {
        commits: [
          ...changes('Start'),
          {
            message: 'Bump the group of production dependencies across three directories with fourteen updates',
            author: 'dependabot[bot] <support@github.com>',
            files: { 'package.json': '{}\n' },
          },
        ],
      },
    ],
  },

  *check({ commits }, { maxLength }): CheckOutput {
    const judged = commits.filter((commit) => isOwnWork(commit) && !isRevert(commit) && !isRelease(commit));
    const long = judged.filter(({ subject, subjectLines }) => subjectLines > 1 || lengthOf(subject) > maxLength);
    for (const { id, subject, subjectLines } of long.slice(0, MAX_LISTED_COMMITS)) {
      const place = { commits: [id], evidence: subject, anchor: id };
      if (subjectLines > 1) yield { ...place, messageId: 'unseparated', data: { lines: subjectLines } };
      else yield { ...place, messageId: 'long', data: { length: lengthOf(subject), limit: maxLength } };
    }
    const value = long.length / judged.length;
    return { value, population: judged.length, metrics: { long_subjects: long.length } };
  },
});
