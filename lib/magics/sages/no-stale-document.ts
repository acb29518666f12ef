import * as z from 'zod';
import { isOwnWork, isRelease } from '../commits';
import { type CheckOutput, defineRule, type SketchCommit } from '../define';
import type { FileFact } from '../facts/code';
import type { DocumentFact } from '../facts/project';
import { baseName } from '../paths';
import { isDecisionRecord } from './decision-records';

const MAX_CHANGES = 20;
const MIN_STEM = 4;
const PAGE = /\.(?:md|mdx|rst|adoc)$/i;
/** Records of what was, and texts about people and rights. */
const NOT_ABOUT_CODE =
  /(?:^|\/)(?:change-?log|changes|history|news|releases?|licen[cs]e|copying|notice|code[_-]of[_-]conduct|authors|contributors|maintainers|governance|security|support|roadmap|upgrad\w*|migrat\w*)(?:[-_.][^/]*)?$|(?:^|\/)(?:post-?mortems?|incidents?|blog|posts|news|archive|releases?|rfcs?|issue_template|pull_request_template|\.changes?|\.changeset)\//i;
const VAGUE_STEM =
  /^(?:index|readme|main|core|utils?|types|common|config|configuration|helpers?|test|tests|errors?|base|version)$/i;
/** A path in code marks or a link. */
const MENTION =
  /[`(](?:\.{0,2}\/)?(?<path>(?:[\w@.-]{1,80}\/){1,10}[\w@.-]{1,80}\.[a-z]{1,5})(?:[#:][^`)]{0,40})?[`)]/g;

const stemOf = (path: string) =>
  baseName(path)
    .replace(/\.[^.]+$/, '')
    .toLowerCase();

/** What each page describes: the files it names by their path, or the one file that has its name. */
function readSubjects(files: readonly FileFact[], documents: readonly DocumentFact[]): Map<string, string[]> {
  const production = files.filter(({ role, skipped }) => role === 'production' && skipped === null);
  const paths = new Set(production.map(({ path }) => path));
  const byStem = new Map<string, string[]>();
  for (const path of paths) byStem.set(stemOf(path), [...(byStem.get(stemOf(path)) ?? []), path]);
  const texts = new Map(documents.map(({ path, text }) => [path, text]));

  const subjects = new Map<string, string[]>();
  for (const { path, role } of files) {
    if (role !== 'documentation' || !PAGE.test(path) || NOT_ABOUT_CODE.test(path) || isDecisionRecord(path)) continue;
    const named = [...(texts.get(path) ?? '').matchAll(MENTION)].flatMap(({ groups }) => {
      const mentioned = groups?.path ?? '';
      return paths.has(mentioned) ? [mentioned] : [];
    });
    const stem = stemOf(path);
    const namesakes = stem.length >= MIN_STEM && !VAGUE_STEM.test(stem) ? (byStem.get(stem) ?? []) : [];
    const all = [...new Set([...named, ...(namesakes.length === 1 ? namesakes : [])])].sort();
    if (all.length > 0) subjects.set(path, all);
  }
  return subjects;
}

const page = (text: string) => ({ 'docs/parser.md': text });
const changes = (path: string, count: number, from = 0): SketchCommit[] =>
  Array.from({ length: count }, (_, step) => ({
    message: `Change ${path}`,
    files: { [path]: `export const step = ${from + step};\n` },
  }));

export const noStaleDocument = defineRule({
  id: 'sages/no-stale-document',
  catalogue: 'SAG-K3',
  group: 'knowledge',
  severity: 'low',
  confidence: 0.7,
  needs: ['files', 'documents', 'fileHistory', 'commits'],
  limits: { per: 'measure', good: 0.1, bad: 0.6, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://diataxis.fr/'],
  tags: ['OSPS-DO-01', 'ISO27001 A.5.37'],
  options: z.object({ maxChanges: z.number().int().min(1).default(MAX_CHANGES) }),

  title: { en: 'Documents keep up with the code', ja: '文書をコードに追随させる' },
  why: {
    en: 'A page that describes what the code no longer does misleads more than no page.',
    ja: 'コードの今の動きと食い違う文書は、文書がないことよりも人を惑わせます。',
  },
  fix: {
    en: 'Read the page against the code, correct it or delete it, and let changes of the code touch its page.',
    ja: '文書をコードと照らし合わせて直すか削除し、今後はコードと一緒に更新してください。',
  },
  messages: {
    stale: {
      en: '{changes} {changes|commit|commits} changed what this page describes (“{subject}”) since it was last touched.',
      ja: 'この文書の最終更新後に、説明の対象（「{subject}」）が{changes}件のコミットで変更されています。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          { message: 'Start', files: { ...page('# Parser\n'), 'src/parser.ts': 'export {};\n' } },
          ...changes('src/parser.ts', 25),
        ],
      },
      {
        commits: [
          {
            message: '開始',
            files: {
              'CONTRIBUTING.md': '解析は `src/日付/parse.py` と [lexer](src/lexer.py) にあります。\n',
              'src/lexer.py': 'a = 1\n',
            },
          },
          ...changes('src/lexer.py', 22),
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'Start', files: { ...page('# Parser\n'), 'src/parser.ts': 'export {};\n' } },
          ...changes('src/parser.ts', 15),
          { message: 'Describe steps', files: page('# Parser\n\nSteps.\n') },
          ...changes('src/parser.ts', 15, 50),
        ],
      },
      {
        commits: [
          {
            message: 'Start',
            files: {
              'docs/parser.md': '# Parser\n',
              'src/parser.ts': 'export {};\n',
              'docs/adr/0001-lexer.md': 'See `src/lexer.ts`.\n',
              'CHANGELOG.md': 'Changed `src/lexer.ts`.\n',
              'docs/lexer.md': '# Lexers\n',
              'src/lexer.ts': 'export {};\n',
              'lib/lexer.ts': 'export {};\n',
            },
          },
          ...changes('src/lexer.ts', 25),
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'README.md': 'Start at `src/main.go`.\n', 'src/main.go': 'package main\n' } },
          ...changes('src/other.go', 25),
        ],
      },
    ],
  },

  *check({ files, documents, fileHistory, commits }, { maxChanges }): CheckOutput {
    const subjects = readSubjects(files, documents);
    if (subjects.size === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const changedAt = new Map(fileHistory.map(({ path, changedAt: at }) => [path, at]));
    const work = commits.filter((commit) => isOwnWork(commit) && !isRelease(commit));
    let stale = 0;
    for (const [path, described] of subjects) {
      const since = changedAt.get(path) ?? Number.POSITIVE_INFINITY;
      const about = new Set(described);
      const later = work.filter(
        (commit) => commit.committedAt > since && commit.files.some((file) => about.has(file.path)),
      );
      if (later.length <= maxChanges) continue;
      stale += 1;
      yield {
        messageId: 'stale',
        data: { changes: later.length, subject: described[0] ?? '' },
        location: { path, line: 1 },
        related: described.slice(0, 10).map((each) => ({ path: each, line: 1 })),
        commits: later.slice(0, 5).map(({ id }) => id),
        anchor: 'stale',
      };
    }
    return { value: stale / subjects.size, population: subjects.size, metrics: { stale_documents: stale } };
  },
});
