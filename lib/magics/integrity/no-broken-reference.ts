import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { commandsOf, isJudgedPage, leadsSomewhere, treeOf } from './document-links';

export const noBrokenReference = defineRule({
  id: 'integrity/no-broken-reference',
  catalogue: 'INT-14',
  group: 'truth',
  severity: 'medium',
  needs: ['documentReferences', 'files', 'manifests', 'documents'],
  limits: { per: 'measure', good: 0, bad: 0.1, range: [0, 1] },
  effort: 'trivial',
  references: [
    'https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#relative-links',
    'https://docs.npmjs.com/cli/commands/npm-run-script',
  ],
  tags: ['OSPS-DO-01'],
  options: z.object({}),

  title: { en: 'Documents lead to what exists', ja: '文書の参照先が存在する' },
  why: {
    en: 'A dead link or a command that does not exist tells the reader that the rest of the page may be wrong as well.',
    ja: '切れたリンクや存在しないコマンドがあると、読み手はページ全体を信じられなくなります。',
  },
  fix: {
    en: 'Point the link to where the file is now, name the script that exists, or remove the sentence.',
    ja: '現在の場所や実在するスクリプト名に直すか、その記述を消してください。',
  },
  messages: {
    link: { en: '“{target}” does not exist.', ja: '「{target}」は存在しません。' },
    command: {
      en: '“{command}” runs something that is not defined.',
      ja: '「{command}」が実行するものは定義されていません。',
    },
  },
  examples: {
    bad: [
      { files: { 'README.md': '# Pay\n\nSee the [guide](docs/guide.md).\n', 'docs/guides.md': '# Guide\n' } },
      {
        files: {
          'README.md': '# Pay\n\n```sh\nnpm ci\nnpm run tset\n```\n',
          'package.json': '{"name":"pay","scripts":{"test":"vitest"}}',
        },
      },
      {
        files: {
          'CONTRIBUTING.md': '# 開発\n\n`make lint` を実行してください。\n\n![図](./images/flow.png)\n',
          Makefile: 'test:\n\tgo test ./...\n',
          'go.mod': 'module example.com/pay\n\ngo 1.22\n',
        },
      },
      { files: { 'docs/a.md': '[b]: ./b.md\n\nRead [b].\n\n<img src="../logo.svg">\n', 'b.md': '# b\n' } },
    ],
    good: [
      {
        files: {
          'package.json': '{ "name": "shop", "scripts": { "test": "vitest" } }\n',
          'README.md':
            '# Shop\n\n```sh\nnpm run test\n```\n\n```sh\nnpm init shop\n```\n\nTo start the app:\n\n```sh\nnpm run dev\n```\n',
        },
      },
      {
        files: {
          'README.md':
            '# Pay\n\n[guide](docs/guide.md#start) [site](https://example.org/x.md) [top](#pay) [code](src/) [issues](../../issues)\n[spaces](<docs/a b.md>) [encoded](docs/a%20b.md) ![logo](/docs/logo.png)\n\n`npm run build`, `npm test`\n',
          'docs/guide.md': '# Guide\n\n[back](../README.md)\n',
          'docs/a b.md': '# a b\n',
          'docs/logo.png': 'x',
          'src/a.ts': 'export {};\n',
          'package.json': '{"name":"pay","scripts":{"build":"tsc"}}',
        },
      },
      {
        files: {
          'README.md':
            '# Pay\n\nSee [docs](docs/guide.md).\n\n```md\n[not a link](missing.md)\n```\n\nWrite `[text](missing.md)`. <!-- [old](gone.md) -->\n\n```sh\nnpx create-app shop\ncd shop\nnpm run dev\n```\n\nPlease make sure it works. `{{ link }}` [t]({{ url }})\n',
          'docs/guide.md': '# Guide\n',
          'package.json': '{"name":"pay","scripts":{"build":"tsc"}}',
          Makefile: 'all: build\n',
        },
      },
      {
        files: {
          'README.md': '# Pay\n\n[notes](CHANGELOG.md) `make docs`\n',
          'CHANGELOG.md': '# 1.0.0\n\n- moved [a](src/gone.md)\n',
          Makefile: 'include common.mk\n\ntest:\n\tgo test\n',
        },
      },
      {
        files: {
          'mkdocs.yml': 'site_name: Pay\n',
          'docs/index.md': '# 支払い\n\n[始め方](start) [API](/api/pay) [pay](api/pay.html) [設定](settings.md)\n',
          'docs/start.md': '# 始め方\n',
          'docs/settings.md': '# 設定\n',
        },
      },
    ],
  },

  *check({ documentReferences, files, manifests, documents }): CheckOutput {
    const tree = treeOf(files);
    const knows = commandsOf(manifests, documents, files);
    let judged = 0;
    let broken = 0;
    for (const { path, role, line, form, runner, target } of documentReferences) {
      if (role !== 'documentation' || !isJudgedPage(path)) continue;
      const answer = runner === null ? leadsSomewhere(path, target, tree) : knows(path, runner, target);
      if (answer === null) continue;
      judged += 1;
      if (answer) continue;
      broken += 1;
      const command = `${runner} ${runner === 'make' || runner === 'just' ? '' : 'run '}${target}`;
      yield {
        messageId: form,
        data: form === 'link' ? { target } : { command },
        location: { path, line },
        anchor: `${form} ${runner ?? ''} ${target}`,
      };
    }
    return { value: broken / judged, population: judged };
  },
});
