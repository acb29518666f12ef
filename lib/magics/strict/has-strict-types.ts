import * as z from 'zod';
import { defineRule, type Examples } from '../define';
import type { FileFact } from '../facts/code';
import type { CheckSettingFact } from '../facts/project';
import { directoryOf } from '../paths';
import { lines } from '../sketches';

const TYPESCRIPT: ReadonlySet<string | null> = new Set(['typescript', 'tsx']);
const C: ReadonlySet<string | null> = new Set(['c', 'cpp']);
/** A script or two need no settings. */
const MIN_LINES = 200;
/** A language with less of the code helps another one. */
const MIN_SHARE = 0.1;

type Verdict = 'strict' | 'partial' | 'lax' | 'none';

export const hasStrictTypes = defineRule({
  id: 'strict/has-strict-types',
  catalogue: 'STR-D2',
  group: 'design',
  severity: 'low',
  confidence: 0.9,
  needs: ['files', 'checkSettings'],
  limits: { per: 'measure', good: 0, bad: 1, range: [0, 1] },
  effort: 'large',
  references: [
    'https://www.typescriptlang.org/tsconfig/#strict',
    'https://mypy.readthedocs.io/en/stable/getting_started.html#strict-mode-and-configuration',
    'https://github.com/microsoft/pyright/blob/main/docs/configuration.md',
    'https://best.openssf.org/Compiler-Hardening-Guides/Compiler-Options-Hardening-Guide-for-C-and-C++.html',
  ],
  tags: ['CWE-1127', 'SSDF PW.6', 'ISO27001 A.8.28'],
  options: z.object({}),

  title: { en: 'Types and warnings are checked strictly', ja: '型と警告を厳格に検査する' },
  why: {
    en: 'A lenient checker lets null, any and wrong arguments through, so that they are found when users meet them.',
    ja: '緩い検査は null や any、誤った引数を見逃します。利用者が遭遇して初めて見つかります。',
  },
  fix: {
    en: 'Switch strict mode on (“strict”: true, strict = true, -Wall -Wextra); for old code begin with new files.',
    ja: '厳格モードを有効にしてください（"strict": true、strict = true、-Wall -Wextra）。既存のコードが多ければ、新しいファイルから始められます。',
  },
  messages: {
    lax: {
      en: '{tool} does not check strictly here; {files} {files|file relies|files rely} on it.',
      ja: '{tool} の検査が厳格ではありません（対象のファイルは{files}件）。',
    },
    loosened: {
      en: '{setting} takes back a part of the strict checks of {tool}.',
      ja: '{setting} が、{tool} の厳格な検査の一部を無効にしています。',
    },
    'no-checker': {
      en: 'No type checker is set up for {files} Python {files|file|files}.',
      ja: 'Python のファイル（{files}件）に対する型検査が設定されていません。',
    },
    'no-warnings': {
      en: 'The build of {files} C and C++ files asks the compiler for no warnings.',
      ja: 'C/C++ のファイル（{files}件）を、コンパイラーの警告なしでビルドしています。',
    },
  },
  examples: (): Examples => ({
    bad: [
      {
        files: {
          'tsconfig.json': '{\n  // for now\n  "compilerOptions": { "target": "es2022", "strict": false }\n}\n',
          'src/a.ts': lines(200),
        },
      },
      {
        files: {
          'tsconfig.json': '{ "compilerOptions": { "strict": true, "noImplicitAny": false } }\n',
          'src/a.ts': lines(200),
        },
      },
      {
        files: {
          'setup.cfg': '[mypy]\nignore_missing_imports = true\n',
          'shop/a.py': lines(200, 'value'),
        },
      },
      { files: { 'setup.py': 'setup(name="shop")\n', 'shop/a.py': lines(200, 'value') } },
      { files: { Makefile: 'CC = gcc\nCFLAGS = -O2\n\nall:\n\t$(CC) a.c\n', 'a.c': lines(200, 'int value') } },
    ],
    good: [
      {
        files: {
          'tsconfig.json': '{ "extends": "./config/tsconfig.base.json" }\n',
          'config/tsconfig.base.json': '{ "compilerOptions": { "strict": true, } }\n',
          'src/a.ts': lines(200),
        },
      },
      {
        files: {
          'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }\n',
          'tsconfig.app.json': '{ "extends": "@tsconfig/node20/tsconfig.json" }\n',
          'src/a.ts': lines(200),
        },
      },
      {
        files: {
          'package.json': '{ "devDependencies": { "typescript": "^6.0.0" } }\n',
          'tsconfig.json': '{ "compilerOptions": { "target": "es2024" } }\n',
          'src/a.ts': lines(200),
        },
      },
      {
        files: {
          'pyproject.toml': '[tool.mypy]\npackages = ["shop"]\nstrict = true\n',
          'shop/a.py': lines(200, 'value'),
        },
      },
      {
        files: {
          '.pre-commit-config.yaml':
            'repos:\n  - repo: https://github.com/pre-commit/mirrors-mypy\n    hooks:\n      - id: mypy\n        args: [--strict]\n',
          'shop/a.py': lines(200, 'value'),
        },
      },
      {
        files: {
          'CMakeLists.txt': 'add_executable(a a.c)\ntarget_compile_options(a PRIVATE -Wall -Wextra)\n',
          'a.c': lines(200, 'int value'),
        },
      },
    ],
  }),

  *check({ files, checkSettings }) {
    const production = files.filter(({ role, codeLines }) => role === 'production' && codeLines > 0);
    let judged = 0;
    let open = 0;
    for (const { findings, share, count } of [
      typescript(production, checkSettings),
      python(production, checkSettings),
      compiled(production, checkSettings),
    ]) {
      yield* findings;
      judged += count;
      open += share * count;
    }
    if (judged === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    return { value: open / judged };
  },
});

interface Judgement {
  findings: { messageId: string; data: Record<string, string | number>; location?: { path: string; line: number } }[];
  /** Share of the files that nothing checks strictly. */
  share: number;
  count: number;
}

const NOTHING: Judgement = { findings: [], share: 0, count: 0 };
const linesIn = (files: readonly FileFact[]) => files.reduce((sum, file) => sum + file.codeLines, 0);

const isMinor = (files: readonly FileFact[], all: readonly FileFact[]): boolean =>
  linesIn(files) < MIN_LINES || linesIn(files) < linesIn(all) * MIN_SHARE;

/** Each file is judged by the nearest configuration above it; without one nobody knows what compiles it. */
function typescript(production: readonly FileFact[], settings: readonly CheckSettingFact[]): Judgement {
  const configs = new Map(
    settings.filter(({ tool }) => tool === 'typescript').map((setting) => [directoryOf(setting.path), setting]),
  );
  const files = production.filter(({ language }) => TYPESCRIPT.has(language));
  if (isMinor(files, production)) return NOTHING;
  const governed = new Map<CheckSettingFact, number>();
  for (const { path } of files) {
    const setting = nearest(path, configs);
    if (setting) governed.set(setting, (governed.get(setting) ?? 0) + 1);
  }
  const known = [...governed].filter(([{ level }]) => level !== 'unknown');
  const count = known.reduce((sum, [, size]) => sum + size, 0);
  const findings = known.flatMap(([{ path, line, level, setting }, size]): Judgement['findings'] => {
    const location = { path, line };
    if (level === 'lax') return [{ messageId: 'lax', data: { tool: 'TypeScript', files: size }, location }];
    if (level !== 'partial' || setting === null || /"strict"/.test(setting)) return [];
    return [{ messageId: 'loosened', data: { tool: 'TypeScript', setting }, location }];
  });
  const open = known.reduce((sum, [{ level }, size]) => sum + size * costOf(level), 0);
  return { findings, share: count === 0 ? 0 : open / count, count };
}

function nearest(path: string, configs: ReadonlyMap<string, CheckSettingFact>): CheckSettingFact | undefined {
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    const setting = configs.get(directory);
    if (setting || directory === '.') return setting;
  }
}

const costOf = (level: CheckSettingFact['level']): number => (level === 'lax' ? 1 : level === 'partial' ? 0.25 : 0);

/** One strict checker is enough. */
function python(production: readonly FileFact[], settings: readonly CheckSettingFact[]): Judgement {
  const files = production.filter(({ language }) => language === 'python');
  if (isMinor(files, production)) return NOTHING;
  const checkers = settings.filter(({ kind, tool }) => kind === 'types' && tool !== 'typescript');
  const count = files.length;
  const best = bestOf(checkers);
  if (best === 'strict') return { findings: [], share: 0, count };
  const [first] = checkers;
  if (first === undefined) {
    return { findings: [{ messageId: 'no-checker', data: { files: count } }], share: 1, count };
  }
  if (best === 'partial') return { findings: [], share: 0.25, count };
  const location = { path: first.path, line: first.line };
  return { findings: [{ messageId: 'lax', data: { tool: first.tool, files: count }, location }], share: 0.75, count };
}

function compiled(production: readonly FileFact[], settings: readonly CheckSettingFact[]): Judgement {
  const files = production.filter(({ language }) => C.has(language));
  const builds = settings.filter(({ kind }) => kind === 'warnings');
  // Few lines of C inside another product are built by tools of their own.
  if (linesIn(files) < MIN_LINES || linesIn(files) * 2 < linesIn(production) || builds.length === 0) return NOTHING;
  const count = files.length;
  const [first] = builds;
  if (first === undefined || bestOf(builds) === 'strict') return { findings: [], share: 0, count };
  const location = { path: first.path, line: first.line };
  return { findings: [{ messageId: 'no-warnings', data: { files: count }, location }], share: 1, count };
}

function bestOf(settings: readonly CheckSettingFact[]): Verdict {
  const levels = new Set(settings.map(({ level }) => level));
  if (levels.has('strict')) return 'strict';
  return levels.has('partial') ? 'partial' : levels.size > 0 ? 'lax' : 'none';
}
