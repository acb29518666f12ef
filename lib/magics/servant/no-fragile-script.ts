import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { defineRule } from '../define';
import type { FileFact } from '../facts/code';
import { baseName, directoryOf } from '../paths';
import { type BuildFlaw, dockerfileFlaws, makefileFlaws } from './build-files';

const DOCKERFILE = /^(?:docker|container)file(?:\.[^/]+)?$|\.dockerfile$/i;
const MAKEFILE = /^(?:gnu)?makefile$/i;
const BUILD_FILE = new RegExp(`${DOCKERFILE.source}|${MAKEFILE.source}`, 'i');

/** Build files beside tests, examples and fixtures are not what builds the product. */
const isOfProduct = (path: string) =>
  !FOR_DEVELOPMENT.test(path) && classifyPath(`${directoryOf(path)}/index.ts`.replace(/^\.\//, '')) === 'production';

const FOR_DEVELOPMENT = /(?:^|\/)\.(?:devcontainer\/|gitpod\.)/i;
/** Numbers by definition, which no shell splits. */
const NUMBER = /\$\{?(?:P?[UG]ID|EUID|P?PID|[A-Z]\w{0,60}_(?:PORT|COUNT|PID|UID|GID))\}?$/;
/** Looks at each result and tells of all. */
const CHECKER = /^(?:run[-_])?tests?(?:\.sh)?$/;

function flawsOf(path: string, text: string, hasPath: (path: string) => boolean): BuildFlaw[] {
  if (DOCKERFILE.test(baseName(path))) return dockerfileFlaws(text);
  return MAKEFILE.test(baseName(path)) ? makefileFlaws(text, directoryOf(path), hasPath) : [];
}

const EXECUTABLE = '100755';

const judgesScript = ({ role, path }: Pick<FileFact, 'role' | 'path'>) =>
  role === 'production' || (role === 'configuration' && !path.endsWith('.bats'));

const STEPS = 'make\ntar czf out.tgz build\nscp out.tgz server:\nssh server restart\n';

export const noFragileScript = defineRule({
  id: 'servant/no-fragile-script',
  catalogue: 'SRV-13',
  group: 'helpers',
  severity: 'low',
  confidence: 0.9,
  needs: ['files', 'shellFlaws', 'documents', 'imports'],
  limits: { per: 'sites', good: 0, bad: 10 },
  effort: 'trivial',
  references: [
    'https://www.shellcheck.net/wiki/SC2086',
    'https://github.com/hadolint/hadolint/wiki/DL3006',
    'https://github.com/hadolint/hadolint/wiki/DL3002',
    'https://www.gnu.org/software/make/manual/html_node/Phony-Targets.html',
  ],
  tags: ['CWE-754', 'CWE-250', 'ISO27001 A.8.31', 'SSDF PO.3'],
  options: z.object({}),

  title: { en: 'Helper scripts stop when something fails', ja: '補助スクリプトは失敗したら止まる' },
  why: {
    en: 'A script that goes on after an error releases half a build; an unquoted name deletes other files than it says.',
    ja: '失敗しても続くスクリプトは中途半端な成果物を公開し、引用符のない変数は別のファイルを消します。',
  },
  fix: {
    en: 'Begin with “set -euo pipefail”, quote expansions, name a version and a user of the image, remove dead targets.',
    ja: '冒頭に set -euo pipefail を置き、変数を引用符で囲み、イメージの版と実行ユーザーを明記し、使えないターゲットを消してください。',
  },
  messages: {
    'no-fail-fast': {
      en: 'The script goes on when a command fails: it neither sets -e nor looks at results.',
      ja: 'コマンドが失敗しても処理が続きます（set -e も結果の確認もありません）。',
    },
    unquoted: {
      en: '“{name}” without quotes: a space or a pattern in the value makes it mean other files.',
      ja: '「{name}」に引用符がありません。値に空白やワイルドカードがあると、別のファイルが対象になります。',
    },
    latest: {
      en: 'The base image “{name}” has no fixed version: tomorrow’s build is another one.',
      ja: 'ベースイメージ「{name}」の版が固定されておらず、明日のビルドは別物になります。',
    },
    root: {
      en: 'The service in this image (“{name}”) runs as root.',
      ja: 'このイメージ（「{name}」）のサービスは root で動きます。',
    },
    'dead-target': {
      en: 'The target “{name}” is declared and has no rule.',
      ja: 'ターゲット「{name}」は宣言されていますが、規則がありません。',
    },
    'missing-script': {
      en: 'Starts “{name}”, which is not in the repository.',
      ja: 'リポジトリにない「{name}」を実行しようとしています。',
    },
  },
  examples: {
    bad: [
      { files: { 'scripts/deploy.sh': `#!/bin/bash\n${STEPS}` } },
      { files: { 'scripts/clean.sh': '#!/bin/sh\nset -e\nrm -rf $1/build\n' } },
      { files: { Dockerfile: 'FROM node\nCOPY . .\n', 'src/税.ts': 'export {};\n' } },
      { files: { Makefile: '.PHONY: build release\nbuild:\n\t./scripts/build.sh\n', 'src/a.c': 'int a;\n' } },
      { files: { 'deploy/Dockerfile': 'FROM node:22\nEXPOSE 80\nCMD ["node", "a.js"]\n' } },
    ],
    good: [
      { files: { 'scripts/deploy.sh': `#!/bin/bash\nset -euo pipefail\n${STEPS}rm -rf "$1/build"\n` } },
      {
        files: {
          'scripts/deploy.sh': '#!/bin/bash\nset -e\n. ./scripts/lib.sh\n',
          'scripts/lib.sh': `#!/bin/bash\necho lib\n${STEPS}`,
        },
      },
      {
        files: {
          'tests/fixtures/run.sh': `#!/bin/bash\n${STEPS}`,
          'tests/run.sh': `#!/bin/bash\n${STEPS}`,
          'scripts/check.sh': '#!/bin/sh\nset -e\ntests/run.sh\n',
        },
      },
      {
        files: {
          Dockerfile: 'ARG BASE=node\nFROM $BASE\nFROM node:22 AS build\nFROM build\nUSER node\nEXPOSE 80\n',
          'examples/Dockerfile': 'FROM node\n',
          '.gitpod.Dockerfile': 'FROM gitpod/workspace-full\n',
          'scripts/own.sh': '#!/bin/bash\nset -e\nchown -R $PUID:$PGID /app\n',
          'ci/test': `#!/bin/bash\n${STEPS}`,
          Makefile: '.PHONY: build\nbuild: dist\n\t./scripts/build.sh\ndist:\n\tmkdir dist\n',
          'scripts/build.sh': '#!/bin/sh\nmake dist\n',
        },
      },
      { files: { 'scripts/税.sh': '#!/bin/bash\nbuild=out\nmake || exit 1\ncp a b\nrm -rf $build\ntar x\n' } },
    ],
  },

  *check({ files, shellFlaws, documents, imports }) {
    const known = new Map(files.map((file) => [file.path, file]));
    const isSubject =
      files.some((file) => file.language === 'bash' && judgesScript(file)) ||
      documents.some(({ path }) => BUILD_FILE.test(baseName(path)) && isOfProduct(path));
    if (!isSubject) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const isRead = new Set(imports.flatMap(({ target }) => target ?? []));
    for (const { path, line, form, name, text, role } of shellFlaws) {
      if (!judgesScript({ path, role })) continue;
      // Read by other scripts, whose settings it must leave alone.
      const isLibrary = isRead.has(path) || known.get(path)?.mode !== EXECUTABLE;
      if (form === 'no-fail-fast' && (isLibrary || CHECKER.test(baseName(path)))) continue;
      if (form === 'unquoted' && NUMBER.test(name)) continue;
      yield { messageId: form, data: { name }, location: { path, line }, evidence: text, anchor: `${form} ${name}` };
    }
    for (const { path, text } of documents) {
      if (!isOfProduct(path)) continue;
      for (const { form, line, name } of flawsOf(path, text, (each) => known.has(each))) {
        yield { messageId: form, data: { name }, location: { path, line }, anchor: `${form} ${name}` };
      }
    }
  },
});
