import * as z from 'zod';
import { isOwnWork, isRelease, MAX_LISTED_COMMITS } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import { compareText } from '../hash';

const DAY = 86_400;

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Written work by author and day, for days with more of it than one person does. */
function crowdedDays(commits: readonly CommitFact[], maxADay: number): [day: string, made: CommitFact[]][] {
  const days = new Map<string, CommitFact[]>();
  for (const commit of commits) {
    if (!isOwnWork(commit) || isRelease(commit)) continue;
    const key = `${dayOf(commit.authoredAt)} ${commit.author}`;
    const made = days.get(key);
    if (made) made.push(commit);
    else days.set(key, [commit]);
  }
  return [...days].filter(([, made]) => made.length > maxADay).sort(([a], [b]) => compareText(a, b));
}

const at = (iso: string, message = 'Add a parser') => ({ message, at: iso, files: { 'src/step.ts': `// ${iso}\n` } });
const oneDay = (count: number, author?: string) =>
  Array.from({ length: count }, (_, minute) => ({
    ...at(new Date(Date.UTC(2024, 2, 4, 9, minute)).toISOString(), `Step ${minute}`),
    ...(author && { author }),
  }));

export const noOddDates = defineRule({
  id: 'git/no-odd-dates',
  catalogue: 'GIT-18',
  group: 'identity',
  severity: 'low',
  confidence: 0.9,
  needs: ['commits'],
  limits: { per: 'sites', good: 0, bad: 5 },
  effort: 'trivial',
  references: ['https://git-scm.com/docs/git-commit#_date_formats'],
  tags: ['ISO27001 A.8.17'],
  options: z.object({ maxCommitsADay: z.number().int().min(10).max(10_000).default(50) }),

  title: { en: 'Dates that can be true', ja: '日時があり得るものになっている' },
  why: {
    en: 'Rates, ages and the order of events are read from dates. Wrong clocks and made-up days falsify all of them.',
    ja: '頻度や経過日数、出来事の順序は日時から読み取ります。時計のずれや作られた日付は、そのすべてを狂わせます。',
  },
  fix: {
    en: 'Set the clock of the machine that commits by NTP, give bots accounts of their own, and never set dates by hand.',
    ja: 'コミットする機械の時計を NTP で合わせ、自動処理には専用のアカウントを使い、日時を手で指定しないでください。',
  },
  messages: {
    future: {
      en: 'Dated {days} days after the newest commit ({date}).',
      ja: '最新のコミットより{days}日後の日付（{date}）になっています。',
    },
    beforeParent: {
      en: 'Dated {days} days before the commit it builds on ({date}).',
      ja: '親のコミットより{days}日前の日付（{date}）になっています。',
    },
    written: {
      en: 'Written {days} days after it was committed ({date}).',
      ja: 'コミットした日より{days}日後に書かれたことになっています（{date}）。',
    },
    none: { en: 'Carries no date that exists.', ja: '実在する日付がありません。' },
    crowded: {
      en: '{count} commits by one author on {date} (limit {limit}): more than a person writes in a day.',
      ja: '{date}に1人の作者が{count}件コミットしています（上限{limit}件）。人が1日に書ける量を超えています。',
    },
  },
  examples: {
    bad: [
      { commits: [at('2024-03-01T09:00:00Z'), at('2024-02-01T09:00:00Z', 'Read dates')] },
      { commits: [at('2023-03-01T09:00:00Z', 'はじめる'), at('2030-03-01T09:00:00Z'), at('2023-03-02T09:00:00Z')] },
      { commits: oneDay(52) },
    ],
    good: [
      { commits: [at('2024-03-01T09:00:00Z'), at('2024-03-01T08:59:00Z', 'Read dates')] },
      { commits: oneDay(50) },
      { commits: oneDay(52, 'release-bot <bot@acme.io>') },
      { commits: [at('2009-03-01T09:00:00Z', '古い履歴'), at('2024-03-01T09:00:00Z')] },
    ],
  },

  *check({ commits, now }, { maxCommitsADay }): CheckOutput {
    const known = new Map(commits.map((commit) => [commit.id, commit]));
    let odd = 0;
    const isListed = () => odd++ < MAX_LISTED_COMMITS;
    for (const { id, parents, authoredAt, committedAt, subject } of commits) {
      const place = { commits: [id], evidence: subject, anchor: id };
      const parentAt = Math.max(0, ...parents.map((parent) => known.get(parent)?.committedAt ?? 0));
      if (authoredAt === 0 || committedAt === 0) {
        if (isListed()) yield { ...place, messageId: 'none' };
      } else if (committedAt > now + DAY) {
        const days = Math.floor((committedAt - now) / DAY);
        if (isListed()) yield { ...place, messageId: 'future', data: { days, date: dayOf(committedAt) } };
      } else if (parentAt > committedAt + DAY && parentAt <= now + DAY) {
        const days = Math.floor((parentAt - committedAt) / DAY);
        if (isListed()) yield { ...place, messageId: 'beforeParent', data: { days, date: dayOf(committedAt) } };
      } else if (authoredAt > committedAt + DAY) {
        const days = Math.floor((authoredAt - committedAt) / DAY);
        if (isListed()) yield { ...place, messageId: 'written', data: { days, date: dayOf(authoredAt) } };
      }
    }
    for (const [key, made] of crowdedDays(commits, maxCommitsADay)) {
      if (!isListed()) continue;
      yield {
        messageId: 'crowded',
        data: { count: made.length, date: key.slice(0, 10), limit: maxCommitsADay },
        commits: made.slice(0, MAX_LISTED_COMMITS).map(({ id }) => id),
        anchor: `crowded ${key}`,
      };
    }
    return { value: odd };
  },
});
