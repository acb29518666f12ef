import * as z from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import type { FunctionFact } from '../facts/code';
import { displayName } from '../functions';
import { hasUnreadExports, publicFunctions } from './public-api';

const LISTED_NAMES = 3;

const PACKAGE = JSON.stringify({ name: 'dates', version: '1.0.0', main: 'index.js' });
const PYPROJECT = '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "dates"\nversion = "1.0"\n';

export const hasApiDocs = defineRule({
  id: 'sages/has-api-docs',
  catalogue: 'SAG-K2',
  group: 'knowledge',
  severity: 'low',
  confidence: 0.85,
  needs: ['files', 'functions', 'imports', 'manifests'],
  limits: { per: 'measure', good: 0.8, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://peps.python.org/pep-0257/', 'https://go.dev/doc/comment', 'https://tsdoc.org/'],
  tags: ['CWE-1059', 'OSPS-DO-01'],
  options: z.object({}),

  title: { en: 'The public API is documented', ja: '公開 API に説明を付ける' },
  why: {
    en: 'Users of a library see names and types only; units, errors and limits they learn by trial, or not at all.',
    ja: 'ライブラリの利用者に見えるのは名前と型だけです。単位・エラー・制約は、説明がなければ試して知るしかありません。',
  },
  fix: {
    en: 'Write a sentence above each public function: what it does, what it returns, when it fails.',
    ja: '公開する関数ごとに、何をし、何を返し、どのようなときに失敗するかを一文で書いてください。',
  },
  messages: {
    undocumented: {
      en: '{missing} of {total} {total|public function|public functions} in this file {missing|has|have} no documentation, for example “{example}”.',
      ja: 'このファイルの公開関数{total}個のうち{missing}個に説明がありません（例：「{example}」）。',
    },
    none: {
      en: 'no public function of a library that this rule reads',
      ja: 'このルールで読み取れる、ライブラリの公開関数がありません',
    },
    unread: {
      en: 'How this library exports its functions is not supported yet, for example “module.exports = name”.',
      ja: 'このライブラリの関数の公開方法（「module.exports = 名前」など）には、まだ対応していません。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'package.json': PACKAGE,
          'index.js': 'export function read(text) {\n  log(text);\n  return open(text);\n}\n',
        },
      },
      {
        files: {
          'pyproject.toml': PYPROJECT,
          'dates/__init__.py':
            'def 解析(text):\n    log(text)\n    return open(text)\n\n\ndef _inner(text):\n    """Doc."""\n    return 1\n',
        },
      },
      {
        files: {
          'go.mod': 'module example.org/dates\n\ngo 1.22\n',
          'dates.go': 'package dates\n\nfunc Parse(text string) int {\n\tlog(text)\n\treturn open(text)\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'package.json': PACKAGE,
          'index.js': "export * from './read';\n",
          'read.js': '/** Reads a date. */\nexport function read(text) {\n  log(text);\n  return open(text);\n}\n',
          'part.js': 'export function part(text) {\n  log(text);\n  return open(text);\n}\n',
        },
      },
      {
        files: {
          'Cargo.toml': '[package]\nname = "dates"\nversion = "1.0.0"\n',
          'src/lib.rs':
            '/// 日付を読む。\npub fn read(text: &str) -> u8 {\n    log(text);\n    open(text)\n}\n\npub(crate) fn part(text: &str) -> u8 {\n    log(text);\n    open(text)\n}\n',
        },
      },
      {
        files: {
          'pom.xml':
            '<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>dates</artifactId><version>1</version></project>\n',
          'src/main/java/Dates.java':
            'public class Dates implements Reader {\n  private int zone;\n  /** Reads a date. */\n  public int read(String text) { log(text); return open(text); }\n  public int getZone() { return zone; }\n  @Override public int size() { log(1); return 1 + 2; }\n}\nclass Part { public int cut(String text) { log(text); return open(text); } }\n',
        },
      },
      {
        files: {
          'service/package.json': PACKAGE,
          'service/index.js': 'export function serve(text) {\n  log(text);\n  return open(text);\n}\n',
          'service/docker/Dockerfile': 'FROM node:22\n',
          'dates.gemspec': 'Gem::Specification.new { |s| s.name = "dates" }\n',
          Gemfile: 'source "https://rubygems.org"\ngemspec\n',
          'lib/dates.rb':
            'class Dates\n  # Reads a date.\n  def read(text)\n    log(text)\n    open(text)\n  end\n\n  private\n\n  def cut(text)\n    log(text)\n    open(text)\n  end\nend\n',
        },
      },
    ],
  },

  *check(facts): CheckOutput {
    const offered = publicFunctions(facts);
    if (offered.length === 0) return { outcome: 'not-applicable', reason: hasUnreadExports(facts) ? 'unread' : 'none' };
    // Documented once for an overload, or for the interface that a method answers.
    const documented = new Set(facts.functions.filter(({ isDocumented }) => isDocumented).map(keyOf));
    const isKnown = (fn: FunctionFact) => fn.isDocumented || documented.has(keyOf(fn));

    const byPath = groupByPath(offered);
    let missing = 0;
    for (const [path, all] of byPath) {
      const bare = all.filter((fn) => !isKnown(fn));
      missing += bare.length;
      const [first] = bare;
      if (!first) continue;
      yield {
        messageId: 'undocumented',
        data: { missing: bare.length, total: all.length, example: displayName(first) },
        location: { path, line: first.line },
        evidence: bare.slice(0, LISTED_NAMES).map(displayName).join(', '),
        anchor: 'file',
      };
    }
    const value = 1 - missing / offered.length;
    return {
      value,
      population: offered.length,
      metrics: {
        public_functions: offered.length,
        documented_percent: percent(offered.length - missing, offered.length),
      },
    };
  },
});

/** Methods of one name mostly answer one interface; functions stand alone. */
function keyOf({ kind, name, path }: FunctionFact): string {
  return kind === 'method' ? `method ${name}` : `${path} ${name}`;
}

function groupByPath(functions: readonly FunctionFact[]): Map<string, FunctionFact[]> {
  const groups = new Map<string, FunctionFact[]>();
  for (const fn of functions) {
    const known = groups.get(fn.path);
    if (known) known.push(fn);
    else groups.set(fn.path, [fn]);
  }
  return groups;
}
