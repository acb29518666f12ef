import * as z from 'zod';
import { defineRule } from '../define';
import type { DocumentFact } from '../facts/project';
import { baseName, directoryOf } from '../paths';
import type { Severity } from '../types';

const ITEMS = ['purpose', 'install', 'use', 'test', 'contribute', 'contributing', 'conduct'] as const;
type Item = (typeof ITEMS)[number];

const HOMES = new Set(['.', '.github', '.gitlab', 'docs', 'doc']);
const MAX_TEXT = 64_000;
/** Larger projects keep the guide among their pages. */
const GUIDE = /^(?:[^/]+\/){0,5}(?:contributing|development|hacking)(?:\/index)?\.(?:md|mdx|rst|adoc|txt)$/i;
const MIN_PROSE = 40;

/** Words of headings and links that show a topic is treated, there or where the link leads. */
const TOPICS: Record<'install' | 'use' | 'test' | 'contribute', RegExp> = {
  install:
    /install|set-?up|getting started|quick ?start|download|requirements|prerequisites|deploy|build(?:ing)?\b|documentation|\bdocs\b|guide|website|インストール|導入|セットアップ|はじめ|始め|環境構築|安装|快速开始|开始/i,
  use: /usage|us(?:e|ing)\b|example|getting started|quick ?start|tutorial|how to|documentation|\bdocs\b|guide|manual|reference|\bapi\b|features|demo|\brun(?:ning)?\b|play(?:ing)? with|synopsis|website|使い方|使用|利用|例|ドキュメント|文档|用法/i,
  test: /test|develop|hacking|build(?:ing)? from source|contribut|テスト|試験|開発|测试|开发|贡献/i,
  contribute:
    /contribut|participat|get(?:ting)? involved|pull requests?|help wanted|community|hacking|develop|貢献|コントリビュ|参加|開発に|贡献/i,
};
const COMMANDS: Partial<Record<Item, RegExp>> = {
  install:
    /\b(?:npm (?:i|install|add)|pnpm add|yarn add|pip3? install|uv add|pipx install|cargo (?:install|add)|go (?:get|install)|gem install|composer require|brew install|apt(?:-get)? install|docker (?:run|pull)|git clone)\b|<dependency>|implementation\s*[("']/,
  test: /\b(?:npm (?:run )?test|pnpm test|yarn test|pytest|tox|go test|cargo test|mvnw? (?:clean )?(?:test|verify)|gradlew? (?:test|check|build)|make (?:test|check)|rake(?: test| spec)?|phpunit|dotnet test|rspec)\b/,
};

const SEVERITIES: Record<Item, Severity> = {
  purpose: 'medium',
  install: 'medium',
  use: 'medium',
  test: 'low',
  contribute: 'low',
  contributing: 'low',
  conduct: 'low',
};

function documentNamed(documents: readonly DocumentFact[], name: RegExp): DocumentFact | null {
  const found = documents.filter(({ path }) => name.test(baseName(path)) && HOMES.has(directoryOf(path)));
  return found.sort((a, b) => a.path.length - b.path.length)[0] ?? null;
}

/** Headings in Markdown, reStructuredText, AsciiDoc and HTML, and the texts of links. */
function signposts(text: string): string[] {
  const found: string[] = [];
  const all = text.split('\n');
  all.forEach((line, index) => {
    if (/^\s{0,3}(?:#{1,6}|={1,6})\s+\S/.test(line) || /<h[1-6]|<summary/i.test(line)) found.push(line);
    if (/^\s*(?:={3,}|-{3,}|~{3,}|\^{3,}|\*{3,})\s*$/.test(line)) found.push(all[index - 1] ?? '');
    for (const link of line
      .slice(0, 2000)
      .matchAll(/\[(?<label>[^\]]{1,200})\]|`(?<rst>[^`<]{1,200})<[^>`]{1,300}>`_|>(?<html>[^<]{1,200})<\/a>/g)) {
      found.push(link.groups?.label ?? link.groups?.rst ?? link.groups?.html ?? '');
    }
  });
  return found;
}

function hasProse(text: string): boolean {
  return text
    .split(/\n\s*\n/)
    .map((block) =>
      block
        .replace(/<[^>]{0,500}>|!?\[[^\]]{0,300}\](?:\([^)]{0,500}\))?|^\s*(?:#|=|-|\.\.|:|\|).*$/gm, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .some((block) => block.length >= MIN_PROSE || /[\p{sc=Hiragana}\p{sc=Han}]{15}/u.test(block));
}

function presentItems(readme: string, documents: readonly DocumentFact[]): Set<Item> {
  const present = new Set<Item>();
  const signs = signposts(readme);
  const guide = documentNamed(documents, /^(?:contributing|hacking|developing|development)\b/i);
  if (hasProse(readme)) present.add('purpose');
  for (const topic of ['install', 'use', 'test', 'contribute'] as const) {
    if (signs.some((sign) => TOPICS[topic].test(sign)) || COMMANDS[topic]?.test(readme)) present.add(topic);
  }
  if (guide) {
    present.add('contributing').add('contribute');
    if (COMMANDS.test?.test(guide.text) || /\btest/i.test(guide.text)) present.add('test');
  }
  if (/\]\([^)\s]{0,300}contribut(?:ing|ions?|ors\/)[^)\s]{0,80}\)/i.test(readme)) present.add('contributing');
  if (documentNamed(documents, /^code[_-]?of[_-]?conduct\b/i)) present.add('conduct');
  if (/code[ _-]of[ _-]conduct/i.test(`${readme}\n${guide?.text ?? ''}`)) present.add('conduct');
  return present;
}

const COMPLETE =
  '# Dates\n\nParses dates the way people write them, in forty languages.\n\n## Install\n\nnpm i dates\n\n## Usage\n\nparse("today")\n\n## Tests\n\nnpm test\n\n## Contributing\n\nSee the guide.\n';

export const hasReadme = defineRule({
  id: 'sages/has-readme',
  catalogue: 'SAG-K1',
  group: 'knowledge',
  severity: 'medium',
  confidence: 0.85,
  needs: ['documents', 'files'],
  limits: { per: 'measure', good: 1, bad: 0.4, range: [0, 1] },
  effort: 'trivial',
  references: [
    'https://docs.github.com/communities/setting-up-your-project-for-healthy-contributions/about-community-profiles-for-public-repositories',
    'https://baseline.openssf.org/',
  ],
  tags: ['OSPS-DO-01', 'OSPS-GV-03'],
  options: z.object({
    items: z
      .array(z.enum(ITEMS))
      .min(1)
      .default([...ITEMS]),
  }),

  title: { en: 'A README that lets people start', ja: 'README だけで始められる' },
  why: {
    en: 'Newcomers read it first. What it leaves out, each of them has to ask someone.',
    ja: '新しく来た人が最初に読む文書です。書かれていないことは、一人ひとりが誰かに聞くことになります。',
  },
  fix: {
    en: 'Say what the project is for and how to install, use, test and contribute; add CONTRIBUTING and CODE_OF_CONDUCT.',
    ja: '目的、導入、使い方、テスト、貢献の方法を書き、CONTRIBUTING と CODE_OF_CONDUCT を加えてください。',
  },
  messages: {
    none: { en: 'The repository has no README.', ja: 'README がありません。' },
    purpose: {
      en: 'The README does not say what the project is for.',
      ja: 'README に、何のためのものかが書かれていません。',
    },
    install: {
      en: 'The README does not say how to install or build it.',
      ja: 'README に、導入やビルドの方法が書かれていません。',
    },
    use: { en: 'The README does not show how to use it.', ja: 'README に、使い方が書かれていません。' },
    test: {
      en: 'Neither the README nor the contributing guide says how to run the tests.',
      ja: 'README にも貢献の手引きにも、テストの実行方法が書かれていません。',
    },
    contribute: { en: 'The README does not say how to contribute.', ja: 'README に、貢献の方法が書かれていません。' },
    contributing: {
      en: 'The repository holds no CONTRIBUTING guide.',
      ja: 'リポジトリに貢献の手引き（CONTRIBUTING）がありません。',
    },
    conduct: {
      en: 'The repository neither holds nor names a code of conduct.',
      ja: 'リポジトリに行動規範（CODE_OF_CONDUCT）がなく、言及もありません。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/a.ts': 'export {};\n' } },
      { files: { 'README.md': '# dates\n' } },
      {
        files: {
          'README.md':
            '# 日付\n\n日付の書き方を四十の言語で解析するためのライブラリです。\n\n## 使い方\n\nparse("今日")\n',
        },
      },
    ],
    good: [
      { files: { 'README.md': COMPLETE, 'CONTRIBUTING.md': 'Be kind.\n', 'CODE_OF_CONDUCT.md': 'Be kind.\n' } },
      {
        files: {
          'README.md': `${COMPLETE}See the [guide of the group](https://example.org/blob/main/CONTRIBUTING.md) and its Code of Conduct.\n`,
        },
      },
      {
        files: {
          'README.md':
            '# Dates\n\nParses dates the way people write them, in forty languages.\n\nInstalling\n---\n\nPlaying with it\n---\n\nTests\n---\n\nSee the [Contributors Guide](https://example.org/contributors/code/) and the Code of Conduct.\n',
        },
      },
      {
        files: {
          'README.rst':
            'Dates\n=====\n\nParses dates the way people write them, in forty languages.\n\nInstalling\n----------\n\n`User guide <https://example.org>`_\n',
          '.github/CONTRIBUTING.md': 'Run the tests with tox. We follow a Code of Conduct.\n',
        },
      },
      {
        files: {
          'README.md':
            '# 日付\n\n日付の書き方を四十の言語で解析するためのライブラリです。\n\n## インストール\n\n## 使い方\n\n## テスト\n\n## 開発に参加する\n',
          'docs/CONTRIBUTING.md': '歓迎します。\n',
          'docs/CODE_OF_CONDUCT.md': '互いを尊重します。\n',
        },
      },
      {
        files: { 'README.md': '# a\n\nA tool for the team that prints the state of the night builds.\n' },
        options: { items: ['purpose'] },
      },
    ],
  },

  *check({ documents, files }, { items }) {
    const readme = documentNamed(documents, /^readme(?:\.|$)/i);
    const asked = ITEMS.filter((item) => items.includes(item));
    if (!readme) {
      yield { messageId: 'none', severity: 'medium', anchor: 'none' };
      return { value: 0 };
    }
    const present = presentItems(readme.text.slice(0, MAX_TEXT), documents);
    if (files.some((file) => GUIDE.test(file.path))) present.add('contributing').add('contribute');
    const missing = asked.filter((item) => !present.has(item));
    for (const item of missing) {
      yield { messageId: item, location: { path: readme.path, line: 1 }, severity: SEVERITIES[item], anchor: item };
    }
    return { value: 1 - missing.length / asked.length };
  },
});
