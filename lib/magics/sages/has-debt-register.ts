import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { findMarker, isTracked } from '../markers';
import { isReached, releasedVersion, statedRemovals, toVersion } from './removals';
import { providerWith } from './sketches';

/** Notes in the code that nobody can keep in mind. */
const MANY = 50;
const TRACKED_SHARE = 0.5;

const REGISTER =
  /(?:^|\/)(?:tech(?:nical)?[-_ ]?debt|debt(?:[-_ ]?(?:register|log|list|backlog))?|to-?dos?|known[-_ ](?:issues|problems)|backlog)(?:[-_. ][^/]*)?\.(?:md|mdx|rst|adoc|txt|org|csv|ya?ml)$|(?:^|\/)(?:TODO|BUGS|TECHDEBT)$|技術的負債|負債一覧/u;
const HEADING =
  /^(?:#{1,6}|={1,6})\s.{0,40}(?:technical debt|tech debt|known (?:issues|problems|limitations)|技術的負債|既知の問題)/im;
const DEBT_LABEL = /\bdebt\b|tech-?debt|refactor|clean-?up|負債/i;

const notes = (count: number, mark: string) =>
  Array.from({ length: count }, (_, index) => `// ${mark} part ${index}\nexport const a${index} = ${index};\n`).join(
    '',
  );
const old = (words: string) =>
  `/**\n * Reads dates.\n * @deprecated ${words}\n */\nexport function read() {\n  return open();\n}\n`;
const release = (version: string) => JSON.stringify({ name: 'dates', version, main: 'index.js' });

export const hasDebtRegister = defineRule({
  id: 'sages/has-debt-register',
  catalogue: 'SAG-R3',
  group: 'research',
  severity: 'low',
  confidence: 0.85,
  needs: ['comments', 'documents', 'files', 'manifests', 'tags'],
  uses: ['provider'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  effort: 'moderate',
  references: [
    'https://doi.org/10.1109/ICSME.2014.31',
    'https://semver.org/#how-should-i-handle-deprecating-functionality',
  ],
  tags: ['CWE-477', 'ISO25010 maintainability'],
  options: z.object({
    maxNotes: z.number().int().min(1).default(MANY),
    terms: z.array(z.string().min(2).max(40)).max(50).default([]),
  }),

  title: { en: 'Technical debt is kept in a register', ja: '技術的負債を一覧で管理する' },
  why: {
    en: 'Dozens of notes in comments are a plan nobody reads; what is promised in them is not kept.',
    ja: 'コメントに散らばる何十もの覚え書きは誰も読まない計画です。そこに書いた約束は守られません。',
  },
  fix: {
    en: 'Give the notes issues with a label, or list them by cost; remove what was to be removed, or move the date openly.',
    ja: '覚え書きを課題に移してラベルを付けるか、負担の大きい順に一覧にしてください。約束した削除は実行するか、期限を改めて示してください。',
  },
  messages: {
    unregistered: {
      en: '{notes} {notes|note about unfinished work stands|notes about unfinished work stand} in the code, {tracked} of them with an issue, an owner or a date, and no list holds them.',
      ja: 'コード中の未完成の覚え書き{notes}件のうち、課題・担当者・期日があるのは{tracked}件だけで、一覧もありません。',
    },
    expired: {
      en: 'This was to be removed in {stated}; the newest release is {current}.',
      ja: '{stated} で削除する予定と書かれていますが、最新の版は {current} です。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/a.ts': notes(55, 'TODO: split') } },
      {
        files: { 'src/a.ts': notes(5, 'FIXME: 丸め'), 'src/b.py': '# HACK: zones\na = 1\n' },
        options: { maxNotes: 5 },
      },
      { files: { 'index.js': old('will be removed in 2.0'), 'package.json': release('2.1.0') } },
      {
        files: { 'src/Dates.java': `/** Reads. @deprecated scheduled for removal in version 3. */\nclass Dates {}\n` },
        commits: [{ message: 'Start', files: {} }],
        tags: [{ name: 'v3.0.0', commit: 0 }],
      },
    ],
    good: [
      { files: { 'src/a.ts': notes(55, 'TODO: split'), 'docs/technical-debt.md': '# Debt\n\n- Split the parts.\n' } },
      { files: { 'src/a.ts': notes(55, 'TODO(#12): split') } },
      {
        files: { 'src/a.ts': notes(55, 'TODO: split') },
        provider: providerWith([], [{ number: 1, openedAt: 1, closedAt: null, triagedAt: 2, labels: ['tech debt'] }]),
      },
      { files: { 'index.js': old('will be removed in 3.0'), 'package.json': release('2.1.0') } },
      {
        files: {
          'index.js': `${old('will be removed in 3.0')}// Node 12 is deprecated and will be removed in 1.0\n// deprecated: will be removed in Python 2.0\n`,
          'package.json': release('2.1.0'),
          'src/a.ts':
            '/** The flag was deprecated, and removed in 1.0 for good. */\nexport const b = 1;\n// deprecated 日付 3.0で削除予定\n',
        },
      },
    ],
  },

  *check({ comments, documents, files, manifests, tags, provider }, { maxNotes, terms }): CheckOutput {
    let total = 0;
    let tracked = 0;
    for (const { role, text } of comments) {
      if (role !== 'production') continue;
      const marker = findMarker(text, terms);
      if (!marker) continue;
      total += 1;
      if (isTracked(marker.note)) tracked += 1;
    }
    const names = new Set(manifests.flatMap(({ name }) => name?.toLowerCase().split(/[/:]/) ?? []));
    const current = releasedVersion(tags, manifests);
    const removals = current === null ? [] : statedRemovals(comments, names);
    const isMany = total > maxNotes;
    const metrics = { debt_notes: total, stated_removals: removals.length };
    if (!isMany && removals.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects', metrics };

    const isKept =
      tracked > total * TRACKED_SHARE ||
      files.some(
        ({ path, role }) => REGISTER.test(path) && role !== 'test' && role !== 'fixture' && role !== 'vendored',
      ) ||
      documents.some(({ text }) => HEADING.test(text)) ||
      provider?.issues.some(({ labels }) => labels.some((label) => DEBT_LABEL.test(label))) === true;
    if (isMany && !isKept) yield { messageId: 'unregistered', data: { notes: total, tracked }, anchor: 'unregistered' };

    let expired = 0;
    for (const { comment, version } of removals) {
      if (current === null || !isReached(toVersion(current), toVersion(version))) continue;
      expired += 1;
      yield {
        messageId: 'expired',
        data: { stated: version, current },
        location: { path: comment.path, line: comment.line, endLine: comment.endLine },
        evidence: comment.text,
        anchor: comment.text,
      };
    }
    const parts = [
      ...(isMany ? [isKept ? 1 : 0] : []),
      ...(removals.length > 0 ? [1 - expired / removals.length] : []),
    ];
    return { value: parts.reduce((sum, part) => sum + part, 0) / parts.length, metrics };
  },
});
