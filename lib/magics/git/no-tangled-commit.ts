import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { isOwnWork, isRelease, isRevert, MAX_LISTED_COMMITS } from '../commits';
import { defineRule } from '../define';
import type { ComponentFact } from '../facts/code';
import type { CommitFact } from '../facts/history';
import { isSourcePath } from '../paths';
import { substanceOf } from './no-vague-subject';

/** Documents, tests and formatting go along with any change, so they are no type of their own. */
const CHANGE_TYPES = {
  fix: /^(?:fix(?:e[sd]|ing)?|repair(?:s|ed)?|correct(?:s|ed)?|resolve[sd]?|patch(?:es|ed)?)\b/i,
  feature: /^(?:add(?:s|ed)?|implement(?:s|ed)?|introduce[sd]?|support(?:s|ed)?|allow(?:s|ed)?|enable[sd]?)\b/i,
  refactoring:
    /^(?:refactor(?:s|ed|ing)?|rename[sd]?|rewr(?:ite|ites|ote)|simplif(?:y|ies|ied)|extract(?:s|ed)?|restructure[sd]?|clean(?:s|ed)?[ -]?up|move[sd]?)\b/i,
  speed: /^(?:speed(?:s)? up|optimi[sz]e[sd]?|cache[sd]?)\b/i,
  dependencies: /^(?:bump(?:s|ed)?|upgrade[sd]?|downgrade[sd]?)\b/i,
} as const;

const JAPANESE_TYPES: Record<keyof typeof CHANGE_TYPES, RegExp> = {
  fix: /修正|不具合|バグ/u,
  feature: /追加|実装|対応/u,
  refactoring: /リファクタ|整理|改名|移動/u,
  speed: /高速化|最適化/u,
  dependencies: /更新|アップグレード/u,
};

const COMPANION =
  /\b(?:tests?|docs?|documentation|comments?|readme|changelog|types?|typings?|lint(?:er|ing)?|formatting|imports?|typos?|examples?|specs?)\b|テスト|文書|コメント|ドキュメント/i;
const CLAUSE = /\s*(?:[,;+&/、。]|\band\b|\bplus\b|\balso\b|・|と同時に|および|及び|、?また、?)\s*/i;

/** Kinds of work that the clauses of a subject name. */
export function changeTypesOf(subject: string): Set<string> {
  const types = new Set<string>();
  for (const clause of substanceOf(subject).split(CLAUSE)) {
    if (COMPANION.test(clause)) continue;
    for (const [type, form] of Object.entries(CHANGE_TYPES)) {
      if (form.test(clause) || JAPANESE_TYPES[type as keyof typeof CHANGE_TYPES].test(clause)) {
        types.add(type);
        break;
      }
    }
  }
  return types;
}

/** Components whose code a commit touches; history knows paths that HEAD does not, so the path alone tells. */
function componentsOf({ files }: CommitFact, components: readonly ComponentFact[]): Set<string> {
  const touched = new Set<string>();
  for (const { path } of files) {
    if (!isSourcePath(path) || classifyPath(path) !== 'production') continue;
    const owner = components.find(({ id }) => id !== '.' && path.startsWith(`${id}/`));
    if (owner) touched.add(owner.id);
  }
  return touched;
}

const pack = (name: string) => ({ [`packages/${name}/package.json`]: `{ "name": "@acme/${name}" }\n` });
const workspace = {
  'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n',
  ...pack('api'),
  ...pack('web'),
  ...pack('core'),
};
const across = (value: number) => ({
  'packages/api/src/api.ts': `export const api = ${value};\n`,
  'packages/web/src/web.ts': `export const web = ${value};\n`,
  'packages/core/src/core.ts': `export const core = ${value};\n`,
});
const start = { message: 'Start', files: { ...workspace, ...across(0) } };

export const noTangledCommit = defineRule({
  id: 'git/no-tangled-commit',
  catalogue: 'GIT-07',
  group: 'size',
  severity: 'low',
  needs: ['commits', 'components'],
  limits: { per: 'measure', good: 0.03, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://doi.org/10.1109/MSR.2013.6624018'],
  options: z.object({ minComponents: z.number().int().min(2).max(20).default(3) }),

  title: { en: 'One purpose a commit', ja: '1つのコミットの目的は1つにする' },
  why: {
    en: 'A fix that travels with a feature cannot be reverted, released early or found by bisection on its own.',
    ja: '機能追加に紛れた修正は、それだけを差し戻すことも、先に出すことも、二分探索で見つけることもできません。',
  },
  fix: {
    en: 'Commit each purpose by itself (git add -p); let one request hold several commits.',
    ja: 'git add -p を使って目的ごとにコミットを分けてください。1つの変更要求に複数のコミットがあっても構いません。',
  },
  messages: {
    tangled: {
      en: 'Several purposes ({types}) in {components} components at once.',
      ja: '{components}個のコンポーネントにまたがり、複数の目的（{types}）が混ざっています。',
    },
  },
  examples: {
    bad: [
      { commits: [start, { message: 'Fix the login and add a report page', files: across(1) }] },
      { commits: [start, { message: '帳票を追加、丸めの不具合を修正', files: across(1) }] },
      { commits: [start, { message: 'feat: add totals, rename the reader, bump the compiler', files: across(1) }] },
    ],
    good: [
      { commits: [start, { message: 'Rename the reader and move the writer', files: across(1) }] },
      { commits: [start, { message: 'Add a report page, fix tests and update docs', files: across(1) }] },
      {
        commits: [
          start,
          { message: 'Fix the login and add a report page', files: { 'packages/api/src/api.ts': 'export {};\n' } },
        ],
      },
      { commits: [start, { message: 'Fix drag and drop', files: across(1) }] },
    ],
  },

  *check({ commits, components }, { minComponents }) {
    const known = components.filter(({ id }) => id !== '.');
    if (known.length < minComponents) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const inner = [...known].sort((a, b) => b.id.length - a.id.length);
    const judged = commits.filter(
      (commit) =>
        isOwnWork(commit) &&
        commit.parents.length > 0 &&
        commit.files.length > 0 &&
        !isRevert(commit) &&
        !isRelease(commit),
    );
    const tangled = judged.flatMap((commit) => {
      const types = changeTypesOf(commit.subject);
      if (types.size < 2) return [];
      const touched = componentsOf(commit, inner);
      return touched.size >= minComponents ? [{ commit, types, touched }] : [];
    });
    for (const { commit, types, touched } of tangled.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'tangled',
        data: { types: [...types].sort().join(', '), components: touched.size },
        commits: [commit.id],
        evidence: commit.subject,
        anchor: commit.id,
      };
    }
    const value = tangled.length / judged.length;
    return { value, population: judged.length, metrics: { tangled_commits: tangled.length } };
  },
});
