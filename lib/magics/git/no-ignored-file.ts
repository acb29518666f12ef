import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { defineRule } from '../define';
import type { FileFact } from '../facts/code';
import { baseName, directoryOf } from '../paths';
import type { Severity } from '../types';

type Kind = 'environment' | 'state' | 'dependencies' | 'output' | 'cache' | 'personal';

const SEVERITIES: Record<Kind, Severity> = {
  environment: 'high',
  state: 'medium',
  dependencies: 'low',
  output: 'low',
  cache: 'low',
  personal: 'low',
};

const CACHE_DIRECTORIES =
  /(?:^|\/)(?:__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.nyc_output|\.gradle|\.terraform|\.tox|\.nox|\.parcel-cache|\.turbo|\.sass-cache|\.eggs|[^/]+\.egg-info)(?=\/)/;
const DEPENDENCY_DIRECTORIES = /(?:^|\/)(?:node_modules|bower_components|\.venv|site-packages)(?=\/)/;
const OUTPUT_DIRECTORIES = /(?:^|\/)(?:\.next|\.nuxt|\.svelte-kit|\.output)(?=\/)/;
const CACHE_FILE = /^(?:.+\.py[co]|\.eslintcache|\.stylelintcache|.+\.tsbuildinfo|npm-debug\.log.*|yarn-error\.log)$/;
const PERSONAL_FILE = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|.+\.sw[po]|.+~|.+\.orig|.+\.rej)$/;
const PERSONAL_PATH = /(?:^|\/)\.idea\/(?:workspace|tasks|usage\.statistics|shelf)\b/;
/** `.env.example` and its like are meant to be shared, `.env.test` and mode files mostly hold public defaults. */
const ENVIRONMENT_FILE = /^\.env(?:\.(?:local|prod|production|staging|live)(?:\.local)?)?$/;
const SHOWCASE = /(?:^|\/)(?:examples?|samples?|demos?|templates?|docs?|playgrounds?|starters?|boilerplates?)\//i;

interface Hit {
  kind: Kind;
  /** The directory to ignore as a whole, else the file. */
  target: string;
}

function hitOf(path: string, outputs: ReadonlySet<string>): Hit | null {
  const role = classifyPath(path);
  const isForTests = role === 'fixture' || /(?:^|\/)(?:tests?|__tests__|spec|fixtures?|testdata)\//i.test(path);
  const name = baseName(path);
  for (const [kind, form] of [
    ['dependencies', DEPENDENCY_DIRECTORIES],
    ['cache', CACHE_DIRECTORIES],
    ['output', OUTPUT_DIRECTORIES],
  ] as const) {
    const match = form.exec(path);
    if (match) return isForTests ? null : { kind, target: path.slice(0, match.index + match[0].length) };
  }
  if (isForTests) return null;
  if (ENVIRONMENT_FILE.test(name)) return SHOWCASE.test(path) ? null : { kind: 'environment', target: path };
  if (/\.tfstate(?:\.backup)?$/.test(name)) return { kind: 'state', target: path };
  if (CACHE_FILE.test(name)) return { kind: 'cache', target: path };
  if (PERSONAL_FILE.test(name) || PERSONAL_PATH.test(path)) return { kind: 'personal', target: path };
  for (const output of outputs) if (path.startsWith(`${output}/`)) return { kind: 'output', target: output };
  return null;
}

/** Build directories by the build file beside them. A GitHub action ships its `dist`, so that one is not output. */
function outputDirectories(paths: ReadonlySet<string>): Set<string> {
  const outputs = new Set<string>();
  for (const path of paths) {
    const directory = directoryOf(path);
    const inside = (name: string) => (directory === '.' ? name : `${directory}/${name}`);
    const name = baseName(path);
    if (name === 'Cargo.toml' || name === 'pom.xml') outputs.add(inside('target'));
    const isAction = paths.has(inside('action.yml')) || paths.has(inside('action.yaml'));
    if (name === 'tsconfig.json' && paths.has(inside('package.json')) && !isAction) outputs.add(inside('dist'));
    if (name === 'pyproject.toml' || name === 'setup.py') outputs.add(inside('dist'));
  }
  return outputs;
}

export const noIgnoredFile = defineRule({
  id: 'git/no-ignored-file',
  catalogue: 'GIT-16',
  group: 'hygiene',
  severity: 'low',
  upTo: 'high',
  confidence: 0.95,
  needs: ['files'],
  limits: { per: 'sites', good: 0, bad: 5 },
  effort: 'trivial',
  references: ['https://github.com/github/gitignore', 'https://12factor.net/config'],
  tags: ['CWE-538'],
  options: z.object({}),

  title: { en: 'No files that belong in .gitignore', ja: '.gitignore に入れるべきファイルを管理しない' },
  why: {
    en: 'Caches, build output and personal settings make noise in every diff; an .env file may carry credentials.',
    ja: 'キャッシュ、ビルド成果物、個人設定は差分を乱します。.env には認証情報が入っている恐れがあります。',
  },
  fix: {
    en: 'Remove it with “git rm --cached”, add it to .gitignore, and rotate any credential it held.',
    ja: 'git rm --cached で外して .gitignore に加え、含まれていた認証情報は再発行してください。',
  },
  messages: {
    environment: { en: 'An environment file is tracked.', ja: '環境設定ファイルが管理対象になっています。' },
    state: {
      en: 'Terraform state is tracked; it holds resource secrets in clear text.',
      ja: 'Terraform の状態ファイルが管理対象です。リソースの秘密情報が平文で含まれます。',
    },
    dependencies: {
      en: 'Installed dependencies are tracked ({count} {count|file|files} in “{target}”).',
      ja: 'インストールされた依存物が管理対象です（「{target}」に{count}個）。',
    },
    output: {
      en: 'Build output is tracked ({count} {count|file|files} in “{target}”).',
      ja: 'ビルド成果物が管理対象です（「{target}」に{count}個）。',
    },
    cache: { en: 'A cache is tracked (“{target}”).', ja: 'キャッシュが管理対象です（「{target}」）。' },
    personal: {
      en: 'A file of an editor or operating system is tracked.',
      ja: 'エディターや OS が作るファイルが管理対象です。',
    },
  },
  examples: {
    bad: [
      { files: { '.env': 'DB_PASSWORD=x\n', 'src/a.ts': 'export {};\n' } },
      { files: { 'node_modules/a/index.js': 'x\n', 'node_modules/b/index.js': 'y\n', 'src/a.ts': 'export {};\n' } },
      { files: { 'アプリ/.DS_Store': 'x', 'app/__pycache__/a.cpython-312.pyc': 'x' } },
      { files: { 'Cargo.toml': '[package]\nname = "a"\n', 'target/debug/a.d': 'a: a.rs\n' } },
    ],
    good: [
      { files: { '.env.example': 'DB_PASSWORD=\n', '.env.test': 'MODE=test\n', 'src/env.ts': 'export {};\n' } },
      { files: { 'tests/resolve/node_modules/a/index.js': 'x\n', '.vscode/settings.json': '{}\n' } },
      { files: { 'action.yml': 'name: a\n', 'package.json': '{}', 'tsconfig.json': '{}', 'dist/index.js': 'x\n' } },
      {
        files: { 'src/target/aim.rs': 'fn aim() {}\n', 'src/dist/拡散.py': 'x = 1\n', 'examples/app/.env': 'PORT=1\n' },
      },
      { files: { '.env': 'APP_ENV=dev\n', 'symfony.lock': '{}', 'src/Kernel.php': '<?php\n' } },
    ],
  },

  *check({ files }) {
    const paths = new Set(files.map((file: FileFact) => file.path));
    const outputs = outputDirectories(paths);
    const hits = new Map<string, Hit & { first: string; count: number }>();
    for (const { path, mode } of files) {
      if (mode === '160000') continue;
      const hit = hitOf(path, outputs);
      if (!hit || (hit.kind === 'environment' && paths.has('symfony.lock'))) continue;
      const known = hits.get(hit.target);
      if (known) known.count += 1;
      else hits.set(hit.target, { ...hit, first: path, count: 1 });
    }
    for (const { kind, target, first, count } of hits.values()) {
      yield {
        messageId: kind,
        data: { target, count },
        location: { path: first, line: 1 },
        severity: SEVERITIES[kind],
        anchor: target,
      };
    }
  },
});
