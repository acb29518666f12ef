import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { CommentFact } from '../facts/code';
import type { TagFact } from '../facts/history';
import type { ManifestFact } from '../facts/project';
import { compareVersions, parseVersion, type Version } from '../flow/versions';
import { findMarker } from '../markers';
import type { Severity } from '../types';

const DAY = 86_400;
const STALE_DAYS = 180;
const OLD_DAYS = 365;

/** The day work was to be done, or after which it was to be undone. */
const DUE_DATE =
  /\b(?:until|till|after|by|before|due|deadline|expires?|expiry|starting|from)\b[\s:(]{0,5}(?:on |the |about )?(?<year>20\d{2})[-/.](?<month>0?[1-9]|1[0-2])(?:[-/.](?<day>0?[1-9]|[12]\d|3[01]))?(?![\d.-])|(?:期限|締切|締め切り)\s{0,3}[:：は]?\s{0,3}(?<jaYear>20\d{2})[-/.年](?<jaMonth>0?[1-9]|1[0-2])(?:[-/.月](?<jaDay>0?[1-9]|[12]\d|3[01]))?/i;
/** A version of this project: no other name stands between the verb and the number. */
const DUE_VERSION =
  /\b(?:remove|drop|delete|clean up|rename|adjust|revisit|fix|merge|refactor|replace|enable|change|deprecate|switch|make|raise)\b[^.;]{0,60}?\b(?:in|for|by|with|at|as of) (?:the )?(?:next )?(?:version |release |v)?(?<version>\d{1,3}\.\d{1,4}(?:\.\d{1,5})?)(?![\d.\w-])/i;

export const noOldMarker = defineRule({
  id: 'integrity/no-old-marker',
  catalogue: 'INT-03',
  group: 'accountability',
  severity: 'medium',
  upTo: 'high',
  needs: ['history', 'comments', 'markerAges', 'tags', 'manifests'],
  limits: { per: 'measure', good: 0.5, bad: 1, range: [0, 1] },
  weight: 0.5,
  references: ['https://doi.org/10.1109/ICSME.2014.31', 'https://doi.org/10.1007/s10664-020-09854-3'],
  tags: ['CWE-546', 'ISO27001 A.8.28'],
  options: z.object({}),

  title: { en: 'Notes about unfinished work do not grow old', ja: '未完成の覚え書きを古くしない' },
  why: {
    en: 'What has waited for a year will not be done by waiting. The reason gets lost, the debt stays.',
    ja: '一年放置された作業が、待っているうちに終わることはありません。理由は忘れられ、負債だけが残ります。',
  },
  fix: {
    en: 'Do it now, drop the note when nobody misses it, or move it to the tracker with an owner and a date.',
    ja: '今すぐ片付けるか、不要なら消すか、担当者と期日を付けて課題管理へ移してください。',
  },
  messages: {
    old: { en: '“{marker}” has stood here for {days} days or more.', ja: '「{marker}」が{days}日以上残っています。' },
    'past-date': {
      en: '“{marker}” waits for {due}, which has passed.',
      ja: '「{marker}」は {due} を待っていますが、すでに過ぎています。',
    },
    'past-version': {
      en: '“{marker}” waits for version {due}; {current} is out.',
      ja: '「{marker}」はバージョン {due} を待っていますが、すでに {current} が出ています。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          {
            message: 'feat: pay',
            at: '2022-01-10T10:00:00Z',
            files: { 'src/pay.ts': 'open();\n// TODO: charge the card\ncharge();\n' },
          },
          { message: 'feat: log', at: '2024-03-10T10:00:00Z', files: { 'src/log.ts': 'log();\n' } },
        ],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            at: '2022-01-10T10:00:00Z',
            files: { 'pay.py': 'x = 1\n# FIXME rounding is wrong\ny = 2\n' },
          },
          {
            message: 'feat: more',
            at: '2024-03-01T10:00:00Z',
            files: { 'pay.py': 'x = 3\n# FIXME rounding is wrong\ny = 4\n' },
          },
          { message: 'feat: log', at: '2024-03-10T10:00:00Z', files: { 'log.py': 'log = 1\n' } },
        ],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            at: '2024-03-10T10:00:00Z',
            files: {
              'src/Pay.java':
                'class Pay {\n  // TODO: remove the old rate after 2023-12-31\n  int rate() { return 3; }\n}\n',
            },
          },
        ],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            files: { 'pay.go': 'package pay\n\n// TODO(ann): drop this alias in v2.0\nvar Old = New\n' },
          },
          { message: 'feat: log', files: { 'log.go': 'package pay\n\nvar Log = 1\n' } },
        ],
        tags: [{ name: 'v2.1.0', commit: 1 }],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            at: '2024-03-10T10:00:00Z',
            files: { 'src/tax.ts': '// TODO 税率を見直す（期限：2024年2月1日）\nexport const tax = 10;\n' },
          },
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'feat: pay', at: '2022-01-10T10:00:00Z', files: { 'src/pay.ts': 'open();\ncharge();\n' } },
          {
            message: 'feat: note',
            at: '2024-03-01T10:00:00Z',
            files: { 'src/pay.ts': 'open();\n// TODO: charge the card\ncharge();\n' },
          },
          { message: 'feat: log', at: '2024-03-10T10:00:00Z', files: { 'src/log.ts': 'log();\n' } },
        ],
      },
      {
        commits: [
          { message: 'feat: pay', at: '2022-01-10T10:00:00Z', files: { 'src/pay.ts': 'open();\ncharge();\n' } },
          {
            message: 'feat: note',
            at: '2024-03-01T10:00:00Z',
            files: {
              'src/due.ts':
                '// TODO: remove after 2025-01-31\nopen();\n// TODO: drop this in v3.0\nclose();\n// TODO: remove when Python 2.7 is gone\nlog();\n// FIXME since 2023-01-05 the bank answers late\nwait();\n',
            },
          },
        ],
        tags: [{ name: 'v2.7.1', commit: 1 }],
      },
      {
        commits: [
          {
            message: 'feat: pay',
            at: '2022-01-10T10:00:00Z',
            files: { 'notes.md': '# TODO\n\nTODO: write\n', 'src/a.py': 'x = 1\n# TODO: a\ny = 2\n' },
          },
          {
            message: 'feat: log',
            at: '2024-03-10T10:00:00Z',
            files: { 'src/a.py': 'x = 1\n# TODO: write the rest of it\ny = 2\n' },
          },
        ],
      },
    ],
  },

  *check({ comments, markerAges, tags, manifests, now }): CheckOutput {
    const byPlace = new Map(comments.map((comment) => [`${comment.path}:${comment.line}`, comment]));
    const current = currentVersion(tags, manifests);
    let stale = 0;
    const ages: number[] = [];
    for (const { path, role, line, since } of markerAges) {
      const comment = byPlace.get(`${path}:${line}`);
      const marker = comment && findMarker(comment.text);
      if (!comment || !marker) continue;
      const days = Math.max(0, Math.floor((now - since) / DAY));
      ages.push(days);
      if (days >= STALE_DAYS) stale += 1;
      const overdue = overdueOf(comment, current, now);
      if (!overdue && days < STALE_DAYS) continue;
      const isLow = days < OLD_DAYS || role === 'test' || marker.kind === 'TODO';
      const severity: Severity = overdue && role === 'production' ? 'high' : isLow ? 'low' : 'medium';
      yield {
        messageId: overdue?.messageId ?? 'old',
        // Steps, so that the finding stays the same from day to day.
        data: { marker: marker.word, ...(overdue?.data ?? { days: days >= OLD_DAYS ? OLD_DAYS : STALE_DAYS }) },
        location: { path, line, endLine: comment.endLine },
        evidence: comment.text,
        severity,
        anchor: comment.text,
      };
    }
    const median = [...ages].sort((a, b) => a - b)[Math.floor(ages.length / 2)];
    return {
      value: stale / Math.max(1, ages.length),
      population: ages.length,
      metrics: median === undefined ? {} : { satd_median_age_days: median },
    };
  },
});

interface Overdue {
  messageId: 'past-date' | 'past-version';
  data: Record<string, string>;
}

function overdueOf({ text }: CommentFact, current: Version | null, now: number): Overdue | null {
  const date = DUE_DATE.exec(text)?.groups;
  if (date) {
    const [year, month, day] = [date.year ?? date.jaYear, date.month ?? date.jaMonth, date.day ?? date.jaDay].map(
      Number,
    );
    // Without a day the whole month is meant.
    const end = day ? Date.UTC(year ?? 0, (month ?? 1) - 1, day + 1) : Date.UTC(year ?? 0, month ?? 1, 1);
    if (end / 1000 > now) return null;
    const due = [year, month, ...(day ? [day] : [])].map((part) => String(part).padStart(2, '0')).join('-');
    return { messageId: 'past-date', data: { due } };
  }
  const written = DUE_VERSION.exec(text)?.groups?.version;
  if (!written || !current) return null;
  const due = parseVersion(written.split('.').length === 2 ? `${written}.0` : written);
  if (!due || compareVersions(due, current) > 0) return null;
  return {
    messageId: 'past-version',
    data: { due: written, current: `${current.major}.${current.minor}.${current.patch}` },
  };
}

/** The newest stable release of the whole repository, by tag, else by the manifest in the root. */
function currentVersion(tags: readonly TagFact[], manifests: readonly ManifestFact[]): Version | null {
  const released = tags.filter(({ isReachable }) => isReachable).map(({ name }) => name);
  const declared = manifests.filter(({ path }) => !path.includes('/')).map(({ version }) => version ?? '');
  const stable = (names: readonly string[]) =>
    names
      .flatMap((name) => parseVersion(name) ?? [])
      .filter(({ prefix, isPrerelease }) => prefix === '' && !isPrerelease)
      .sort((a, b) => compareVersions(b, a));
  return stable(released)[0] ?? stable(declared)[0] ?? null;
}
