import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import { baseName, directoryOf } from '../paths';
import { CODE_OWNERS_PLACES, ownerMatcher, parseCodeOwners } from './code-owners';

const LIMIT = 90;

const ADA = { message: 'Start', author: 'Ada <ada@example.org>' };
const BOB = { message: 'Note', author: 'Bob <bob@example.org>', files: { 'notes.md': '# Notes\n' } };
const SOURCES = { 'src/a.ts': 'export {};\n', 'src/解析/b.ts': 'export {};\n', 'lib/c.ts': 'export {};\n' };

export const hasCodeOwners = defineRule({
  id: 'sages/has-code-owners',
  catalogue: 'SAG-T1',
  group: 'task',
  severity: 'medium',
  confidence: 0.95,
  needs: ['documents', 'files', 'history'],
  limits: { per: 'measure', good: 0.9, bad: 0, range: [0, 1] },
  weight: 0.5,
  effort: 'trivial',
  references: [
    'https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners',
    'https://docs.gitlab.com/user/project/codeowners/',
  ],
  tags: ['OSPS-AC-04', 'ISO27001 A.8.32', 'SOC2 CC8.1'],
  options: z.object({}),

  title: { en: 'Every part of the code has an owner', ja: 'コードのどの部分にも担当者がいる' },
  why: {
    en: 'Without an owner nobody is asked to review a change and nobody is told when it breaks.',
    ja: '担当者がいないと、誰にもレビューが依頼されず、壊れたときの連絡先もありません。',
  },
  fix: {
    en: 'Keep a CODEOWNERS file that covers the production code; remove patterns that match nothing.',
    ja: '本番コードを網羅する CODEOWNERS を置き、何にも一致しないパターンは消してください。',
  },
  messages: {
    none: { en: 'There is no CODEOWNERS file.', ja: 'CODEOWNERS がありません。' },
    uncovered: {
      en: 'CODEOWNERS covers {share} % of the production files, for example not “{example}”.',
      ja: 'CODEOWNERS が網羅するのは本番ファイルの{share}%です（例：「{example}」に担当者がいません）。',
    },
    dead: { en: 'Pattern “{pattern}” matches no file.', ja: 'パターン「{pattern}」に一致するファイルがありません。' },
    invalid: {
      en: '“{pattern}”: the host ignores this line (an owner is a @user, a @team or an e-mail address).',
      ja: '「{pattern}」：この行は無視されます（担当者は @ユーザー、@チーム、メールアドレスで書きます）。',
    },
  },
  examples: {
    bad: [
      { commits: [{ ...ADA, files: SOURCES }, BOB] },
      { commits: [{ ...ADA, files: { ...SOURCES, CODEOWNERS: '/src/ @team/core\n' } }, BOB] },
      { commits: [{ ...ADA, files: { ...SOURCES, '.github/CODEOWNERS': '* @team/core\n/gone/ @ada\n' } }, BOB] },
      { commits: [{ ...ADA, files: { ...SOURCES, CODEOWNERS: '* ada\n' } }, BOB] },
    ],
    good: [
      { commits: [{ ...ADA, files: { ...SOURCES, CODEOWNERS: '* @team/core\n' } }, BOB] },
      {
        commits: [
          {
            ...ADA,
            files: {
              ...SOURCES,
              '.gitlab/CODEOWNERS': '[Core] @core\n/src/\n\n^[Rest]\nlib/ 花子@example.org\n*.md @docs\n',
            },
          },
          BOB,
        ],
      },
      { commits: [{ ...ADA, files: { ...SOURCES, OWNERS: 'approvers:\n  - ada\n' } }, BOB] },
    ],
  },

  *check({ documents, files, history }): CheckOutput {
    if (history.contributors < 2) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const production = files.filter((file) => file.role === 'production').map((file) => file.path);
    if (production.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };

    const document = CODE_OWNERS_PLACES.map((place) => documents.find(({ path }) => path === place)).find(
      (found) => found,
    );
    if (!document) {
      const roots = files
        .filter((file) => /^OWNERS(?:\.ya?ml)?$/.test(baseName(file.path)))
        .map((file) => directoryOf(file.path));
      const isOwned = (path: string) => roots.some((root) => root === '.' || path.startsWith(`${root}/`));
      const share = production.filter(isOwned).length / production.length;
      if (roots.length === 0) yield { messageId: 'none', anchor: 'none' };
      return { value: share };
    }

    const rules = parseCodeOwners(document.text).map((line) => ({ ...line, matches: ownerMatcher(line.pattern) }));
    for (const { line, pattern, error, matches } of rules) {
      const location = { path: document.path, line };
      if (error) yield { messageId: 'invalid', data: { pattern }, location, anchor: `invalid ${pattern}` };
      else if (!files.some((file) => matches(file.path))) {
        yield { messageId: 'dead', data: { pattern }, location, severity: 'low', anchor: `dead ${pattern}` };
      }
    }
    const valid = rules.filter((rule) => rule.error === null).reverse();
    const uncovered = production.filter((path) => {
      const owner = valid.find((rule) => rule.matches(path));
      return !owner || owner.owners.length === 0;
    });
    const share = percent(production.length - uncovered.length, production.length);
    const example = uncovered[0];
    if (example !== undefined && share < LIMIT) {
      const location = { path: document.path, line: 1 };
      yield { messageId: 'uncovered', data: { share, example }, location, anchor: 'uncovered' };
    }
    return { value: 1 - uncovered.length / production.length, metrics: { owned_files_percent: share } };
  },
});
