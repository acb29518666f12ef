import * as z from 'zod';
import { MAX_LISTED_COMMITS } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import type { IssueFact } from '../facts/provider';
import { hostGap } from '../host-gap';
import { providerWith, request } from './sketches';

const DAY = 86_400;
/** Authors with a request opened within that time are at work now. */
const ACTIVE_DAYS = 90;

const NOW = Date.UTC(2024, 0, 2, 12) / 1000;
const ago = (days: number) => NOW - days * DAY;
const issue = (number: number, given: Partial<IssueFact> = {}): IssueFact => ({
  number,
  openedAt: ago(20),
  closedAt: null,
  triagedAt: ago(19),
  labels: [],
  ...given,
});

export const noStaleRequest = defineRule({
  id: 'sages/no-stale-request',
  catalogue: 'SAG-T3',
  group: 'task',
  severity: 'low',
  confidence: 0.9,
  needs: ['provider'],
  limits: { per: 'measure', good: 2, bad: 6 },
  effort: 'moderate',
  references: ['https://www.atlassian.com/agile/kanban/wip-limits'],
  tags: ['CHAOSS change-request-duration', 'CHAOSS time-to-first-response'],
  options: z.object({
    maxRequestDays: z.number().int().min(7).default(90),
    maxTriageDays: z.number().int().min(1).default(30),
  }),

  title: { en: 'Requests and issues do not wait for months', ja: '変更依頼や課題を放置しない' },
  why: {
    en: 'What waits goes stale: it conflicts, its author forgets or leaves, and reports nobody reads stop coming.',
    ja: '待たされた変更は衝突が増え、作者も忘れたり去ったりします。読まれない報告は、やがて届かなくなります。',
  },
  fix: {
    en: 'Finish before starting: review the oldest first, split or close what will not be merged, look at new issues weekly.',
    ja: '新しい作業より先に古い依頼をレビューし、取り込まないものは分割するか閉じ、新しい課題は毎週確認してください。',
  },
  messages: {
    request: {
      en: 'Request #{number} has been open for {days} days.',
      ja: '変更依頼 #{number} は{days}日間、開いたままです。',
    },
    issue: {
      en: 'Issue #{number} has waited for a first answer or label for {days} days.',
      ja: '課題 #{number} は{days}日間、返答も分類もされていません。',
    },
  },
  examples: {
    bad: [
      { provider: providerWith([request(1, { openedAt: ago(120) }), request(2, { openedAt: ago(3) })]) },
      {
        provider: providerWith([request(2, { openedAt: ago(3) })], [issue(3, { openedAt: ago(45), triagedAt: null })]),
      },
    ],
    good: [
      { provider: providerWith([request(1, { openedAt: ago(80) })], [issue(3), issue(4, { openedAt: ago(200) })]) },
      {
        provider: providerWith(
          [
            request(1, { openedAt: ago(300), mergedAt: ago(100) }),
            request(2, { openedAt: ago(300), isDraft: true }),
            request(3, { openedAt: ago(300), isBot: true, author: 'renovate[bot]' }),
            request(4, { openedAt: ago(2), author: '花子' }),
          ],
          [issue(5, { openedAt: ago(200), triagedAt: null, closedAt: ago(150) })],
        ),
      },
      {
        provider: providerWith([request(1, { openedAt: ago(20) })], [issue(2, { openedAt: ago(20), triagedAt: null })]),
        options: { maxRequestDays: 21, maxTriageDays: 21 },
      },
    ],
  },

  *check({ provider, now }, { maxRequestDays, maxTriageDays }): CheckOutput {
    const gap = hostGap(provider, 'pullRequests');
    if (gap) return gap;
    const own = provider.pullRequests.filter(({ isBot }) => !isBot);
    const open = own.filter(({ mergedAt, isDraft }) => mergedAt === null && !isDraft);
    const active = new Set(own.filter((each) => each.openedAt >= now - ACTIVE_DAYS * DAY).map((each) => each.author));
    const days = (since: number) => Math.floor((now - since) / DAY);
    const stale = open
      .filter(({ openedAt }) => days(openedAt) > maxRequestDays)
      .sort((a, b) => a.openedAt - b.openedAt || a.number - b.number);
    for (const { number, openedAt } of stale.slice(0, MAX_LISTED_COMMITS)) {
      yield { messageId: 'request', data: { number, days: days(openedAt) }, anchor: `request ${number}` };
    }
    const untriaged = provider.issues
      .filter(
        ({ closedAt, triagedAt, openedAt }) =>
          closedAt === null && triagedAt === null && days(openedAt) > maxTriageDays,
      )
      .sort((a, b) => a.openedAt - b.openedAt || a.number - b.number);
    for (const { number, openedAt } of untriaged.slice(0, MAX_LISTED_COMMITS)) {
      yield { messageId: 'issue', data: { number, days: days(openedAt) }, anchor: `issue ${number}` };
    }

    if (own.length === 0 && provider.issues.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    return {
      value: open.length / Math.max(1, active.size),
      metrics: { stale_requests: stale.length, untriaged_issues: untriaged.length },
    };
  },
});
