import { classifyPath } from '@/lib/magics/classify-path';
import type { FileRole } from '@/lib/magics/facts/code';
import { type DataNode, entriesOf, itemsOf, readYaml, textOf } from '../project/yaml-tree';

/** A number that a check holds the project to. */
export interface Setting {
  value: number;
  kind: 'coverage' | 'warnings' | 'complexity' | 'rule' | 'strictness';
  stricter: 'higher' | 'lower';
}

const FOREIGN: ReadonlySet<FileRole> = new Set<FileRole>(['fixture', 'vendored', 'generated', 'documentation', 'lock']);

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

const SCRIPT_COVERAGE =
  /^(?:(?:jest|vitest|vite|karma)(?:\.[\w-]+)*\.(?:[cm]?[jt]s|json)|\.(?:nyc|c8)rc(?:\.\w+)?|package\.json)$/;
const PYTHON =
  /^(?:\.coveragerc|pyproject\.toml|setup\.cfg|tox\.ini|pytest\.ini|\.flake8|ruff\.toml|\.pylintrc|noxfile\.py)$/;
const LINT = /^(?:\.eslintrc(?:\.\w+)?|eslint\.config\.[cm]?[jt]s|biome\.jsonc?|\.oxlintrc\.json)$/;
const COMPILER = /^tsconfig(?:\.[\w-]+)*\.json$/;
const TREE = /^(?:\.?codecov\.ya?ml|\.rubocop\.ya?ml|\.golangci\.ya?ml|detekt\.ya?ml)$/;
const OTHER =
  /^(?:phpstan(?:\.\w+)?\.neon(?:\.dist)?|psalm\.xml(?:\.dist)?|pom\.xml|build\.gradle(?:\.kts)?|\.simplecov|makefile|justfile|tarpaulin\.toml)$/;
const COMMANDS = /^(?:package\.json|makefile|justfile|tox\.ini|pytest\.ini|setup\.cfg|pyproject\.toml|noxfile\.py)$/;
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.yml$/;

/** May a file of this path hold limits of checks? */
export function isSettingPath(path: string): boolean {
  const name = nameOf(path);
  const isKnown = [SCRIPT_COVERAGE, PYTHON, LINT, COMPILER, TREE, OTHER].some((names) => names.test(name));
  return (isKnown || WORKFLOW.test(path)) && !FOREIGN.has(classifyPath(path));
}

type Row = readonly [key: string, setting: Setting];

/** Limits by name. What is said more than once, for parts of a project, is left out: which part changed is not known. */
export function settingsOf(path: string, text: string): ReadonlyMap<string, Setting> {
  const name = nameOf(path);
  const rows: Row[] = [];
  if (SCRIPT_COVERAGE.test(name)) rows.push(...scriptCoverage(name, text));
  if (PYTHON.test(name)) rows.push(...numbers(text, PYTHON_NUMBERS));
  if (LINT.test(name)) rows.push(...lintRules(text));
  if (COMPILER.test(name)) rows.push(...compilerFlags(text));
  if (TREE.test(name)) rows.push(...treeLimits(name, text));
  if (OTHER.test(name))
    rows.push(...numbers(text, OTHER_NUMBERS[name.replace(/\..*$/, '')] ?? OTHER_NUMBERS[name] ?? []));
  if (COMMANDS.test(name) || WORKFLOW.test(path)) rows.push(...numbers(text, COMMAND_NUMBERS));
  return saidOnce(rows);
}

function saidOnce(rows: readonly Row[]): Map<string, Setting> {
  const counts = new Map<string, number>();
  for (const [key] of rows) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map(rows.filter(([key]) => counts.get(key) === 1));
}

type Pattern = readonly [form: RegExp, kind: Setting['kind'], stricter: Setting['stricter']];

/** Each form has the groups `name` and `value`. */
function numbers(text: string, patterns: readonly Pattern[]): Row[] {
  return patterns.flatMap(([form, kind, stricter]) =>
    [...text.matchAll(form)].flatMap(({ groups }): Row[] => {
      const value = Number(groups?.value);
      return Number.isFinite(value) ? [[groups?.name ?? kind, { value, kind, stricter }]] : [];
    }),
  );
}

const PYTHON_NUMBERS: readonly Pattern[] = [
  [/^[ \t]*(?<name>fail_under)[ \t]*=[ \t]*(?<value>\d{1,3}(?:\.\d{1,3})?)/gm, 'coverage', 'higher'],
  [/^[ \t]*(?<name>fail-under)[ \t]*=[ \t]*(?<value>\d{1,3}(?:\.\d{1,3})?)/gm, 'coverage', 'higher'],
  [
    /^[ \t]*(?<name>max-complexity|max-branches|max-statements|max-args)[ \t]*=[ \t]*(?<value>\d{1,4})/gm,
    'complexity',
    'lower',
  ],
];

const COMMAND_NUMBERS: readonly Pattern[] = [
  [/(?<name>--cov-fail-under)[= ](?<value>\d{1,3}(?:\.\d{1,3})?)/g, 'coverage', 'higher'],
  [/(?<name>--max-warnings)[= ](?<value>\d{1,6})/g, 'warnings', 'lower'],
  [/(?<name>--fail-under(?:-lines|-functions|-regions)?)[= ](?<value>\d{1,3}(?:\.\d{1,3})?)/g, 'coverage', 'higher'],
];

const OTHER_NUMBERS: Readonly<Record<string, readonly Pattern[]>> = {
  phpstan: [[/^[ \t]*(?<name>level):[ \t]*(?<value>\d{1,2})[ \t]*$/gm, 'strictness', 'higher']],
  psalm: [[/\b(?<name>errorLevel)="(?<value>\d)"/g, 'strictness', 'lower']],
  pom: [[/<(?<name>minimum)>(?<value>[01](?:\.\d{1,4})?)<\/minimum>/g, 'coverage', 'higher']],
  build: [
    [/\b(?<name>minimum)\s{0,5}=\s{0,5}["']?(?<value>[01]\.\d{1,4})/g, 'coverage', 'higher'],
    [/\b(?<name>minBound|minValue)(?:\(|\s{0,5}=\s{0,5})(?<value>\d{1,3})/g, 'coverage', 'higher'],
  ],
  '.simplecov': [
    [/\b(?<name>minimum_coverage)(?:\(|\s{1,3})(?:line: )?(?<value>\d{1,3}(?:\.\d{1,3})?)/g, 'coverage', 'higher'],
  ],
  tarpaulin: [[/^(?<name>fail-under)[ \t]*=[ \t]*(?<value>\d{1,3}(?:\.\d{1,3})?)/gm, 'coverage', 'higher']],
};

const THRESHOLDS = /thresholds?\b|check-?coverage|"(?:nyc|c8)"/i;
const THRESHOLD_BLOCK = 600;
const SHARE: readonly Pattern[] = [
  [
    /["']?\b(?<name>branches|functions|lines|statements)["']?\s{0,5}:\s{0,5}(?<value>\d{1,3}(?:\.\d{1,3})?)/g,
    'coverage',
    'higher',
  ],
];

function scriptCoverage(name: string, text: string): Row[] {
  const start = THRESHOLDS.exec(text)?.index;
  if (start === undefined && !name.startsWith('.')) return [];
  return numbers(name.startsWith('.') ? text : text.slice(start, (start ?? 0) + THRESHOLD_BLOCK), SHARE);
}

const LEVELS: Readonly<Record<string, number>> = { off: 0, '0': 0, warn: 1, '1': 1, info: 1, on: 2, error: 2, '2': 2 };
const RULE =
  /^[ \t]*["']?(?<name>[@\w-]{1,60}(?:\/[\w-]{1,60}){0,2})["']?[ \t]*:[ \t]*(?:\[[ \t]*|\{[ \t]*["']?level["']?:[ \t]*)?["']?(?<level>off|warn|info|error|on|[012])["']?(?=[ \t]*[\],}\n]|[ \t]*,)/gm;
const RULE_LIMIT: readonly Pattern[] = [
  [
    /["']?\b(?<name>complexity|max-(?:depth|lines|params|statements|lines-per-function|nested-callbacks))["']?\s{0,5}:\s{0,5}\[\s{0,9}["']?(?:error|warn|[12])["']?\s{0,5},\s{0,9}(?:\{\s{0,9}["']?max["']?\s{0,5}:\s{0,5})?(?<value>\d{1,5})/g,
    'complexity',
    'lower',
  ],
];

/** How code looks is left to formatters more and more. */
const TASTE =
  /stylistic|indent|quotes?|\bsemi|comma|spac(?:e|ing)|newline|eol-|max-len$|brace|paren|padd|sort-|linebreak|prettier|wrap|dangle/i;

function lintRules(text: string): Row[] {
  const levels = [...text.matchAll(RULE)].flatMap(({ groups }): Row[] => {
    const value = LEVELS[groups?.level ?? ''];
    const { name = '' } = groups ?? {};
    // A bare number may be the width of a tab as well.
    const isNamed =
      /[-/]/.test(name) || (!/^\d$/.test(groups?.level ?? '') && /^[a-z]+[A-Z]|^(?:eqeqeq|curly|radix)$/.test(name));
    const isRule = isNamed && !TASTE.test(name);
    return value === undefined || !isRule ? [] : [[name, { value, kind: 'rule', stricter: 'higher' }]];
  });
  return [...levels, ...numbers(text, RULE_LIMIT).map(([name, setting]): Row => [`${name} (max)`, setting])];
}

const FLAG =
  /"(?<name>strict|noImplicitAny|strictNullChecks|strictFunctionTypes|noUncheckedIndexedAccess|noImplicitReturns|noUnusedLocals|noUnusedParameters|noFallthroughCasesInSwitch|exactOptionalPropertyTypes)"\s{0,5}:\s{0,5}(?<value>true|false)/g;

function compilerFlags(text: string): Row[] {
  return [...text.matchAll(FLAG)].map(
    ({ groups }): Row => [
      groups?.name ?? '',
      { value: groups?.value === 'true' ? 1 : 0, kind: 'strictness', stricter: 'higher' },
    ],
  );
}

function treeLimits(name: string, text: string): Row[] {
  const root = readYaml(text);
  return root ? leavesOf(root, []).flatMap(([path, value]) => treeLimit(name, path, value)) : [];
}

function leavesOf(node: DataNode, path: readonly string[]): [path: readonly string[], value: string][] {
  const text = textOf(node);
  if (text !== null) return [[path, text]];
  const items = itemsOf(node).flatMap((item, at) => leavesOf(item, [...path, String(at)]));
  return [...items, ...entriesOf(node).flatMap(([key, value]) => leavesOf(value, [...path, key]))];
}

function treeLimit(name: string, path: readonly string[], text: string): Row[] {
  const key = path.at(-1) ?? '';
  const value = Number.parseFloat(text);
  const row = (kind: Setting['kind'], stricter: Setting['stricter'], number: number): Row[] =>
    Number.isFinite(number) ? [[path.join('.'), { value: number, kind, stricter }]] : [];
  if (name.includes('codecov')) {
    if (key === 'target') return row('coverage', 'higher', value);
    return key === 'threshold' ? row('coverage', 'lower', value) : [];
  }
  if (name.includes('rubocop')) {
    const cop = path.at(-2) ?? '';
    if (key === 'Max') return /^Metrics\/(?!LineLength)/.test(cop) ? row('complexity', 'lower', value) : [];
    return key === 'Enabled' && /^(?:Lint|Security|Metrics)\//.test(cop)
      ? row('rule', 'higher', text === 'false' ? 0 : 1)
      : [];
  }
  if (name.includes('detekt')) return key === 'maxIssues' ? row('warnings', 'lower', value) : [];
  const isLimit = /^(?:min-complexity|max-complexity|lines|statements|max-func-lines)$/.test(key);
  return isLimit ? row('complexity', 'lower', value) : [];
}
