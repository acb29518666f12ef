import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import type * as z from 'zod';
import type { RepositorySettingsFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { RepositorySettings, RULE_IDS } from '@/lib/magics/repository-settings';
import { toPrintable } from '../text/printable';
import type { ProjectText } from './project-text';
import { isTooDeep } from './yaml-depth';

/** At the root of the tree; the first that exists is read. */
export const SETTINGS_NAMES = ['.elder.yml', '.elder.yaml'] as const;
const MAX_CHARACTERS = 64_000;
const MAX_PROBLEMS = 50;
const MAX_SHOWN = 120;
type Problem = RepositorySettingsFact['problems'][number];

const NOTHING: RepositorySettingsFact = {
  path: null,
  ignorePaths: [],
  options: [],
  suppressions: [],
  problems: [],
};

export function isRepositorySettingsPath(path: string): boolean {
  return SETTINGS_NAMES.some((name) => name === path);
}

/** What the repository says of itself. A file with any error says nothing but its errors. */
export function readRepositorySettings(
  texts: readonly ProjectText[],
  paths: ReadonlySet<string>,
): RepositorySettingsFact {
  const path = SETTINGS_NAMES.find((name) => paths.has(name));
  if (!path) return NOTHING;
  const file = texts.find((text) => text.path === path);
  const read = file ? readSettings(file.text) : withProblems([problemAt(1, 'unreadable')]);
  const both = SETTINGS_NAMES.every((name) => paths.has(name));
  const problems = both ? [...read.problems, problemAt(1, 'second-file', { file: SETTINGS_NAMES[1] })] : read.problems;
  return problems.length === read.problems.length ? { ...read, path } : { ...withProblems(problems), path };
}

/** Reads one file as data: no tags, no aliases, nothing that is not asked for. */
export function readSettings(text: string): RepositorySettingsFact {
  if (text.length > MAX_CHARACTERS) return withProblems([problemAt(1, 'too-large', { limit: MAX_CHARACTERS })]);
  if (isTooDeep(text)) return withProblems([problemAt(1, 'too-deep')]);
  const counter = new LineCounter();
  const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line);
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    merge: false,
    uniqueKeys: true,
    schema: 'core',
  });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return withProblems(
      broken.map(({ code, pos }) => {
        const id = YAML_PROBLEMS[code];
        return id ? problemAt(lineAt(pos[0]), id) : problemAt(lineAt(pos[0]), 'not-yaml', { detail: code });
      }),
    );
  }
  const reference = findReference(document);
  if (reference !== null) return withProblems([problemAt(lineAt(reference), 'reference')]);
  const parsed = RepositorySettings.safeParse(document.toJS({ maxAliasCount: 0 }), { reportInput: true });
  const lineOf = (keys: readonly PropertyKey[]) => lineAt(offsetOf(document, keys));
  if (!parsed.success)
    return withProblems(withoutRepeats(parsed.error.issues).flatMap((issue) => toProblems(issue, lineOf)));
  return { ...NOTHING, ...withLines(parsed.data, lineOf) };
}

function withProblems(problems: readonly Problem[]): RepositorySettingsFact {
  return { ...NOTHING, problems: [...problems].sort((a, b) => a.line - b.line).slice(0, MAX_PROBLEMS) };
}

function problemAt(line: number, id: string, data: Problem['data'] = {}): Problem {
  return { id, line, data };
}

function shown(text: unknown): string {
  return toPrintable(String(text).trim().slice(0, MAX_SHOWN));
}

/** Faults of YAML that people make most; for others their code stands. */
const YAML_PROBLEMS: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_INDENT: 'bad-indent',
  DUPLICATE_KEY: 'duplicate-key',
  MULTIPLE_DOCS: 'second-document',
  TAB_AS_INDENT: 'tab',
};

/** Where an anchor, an alias, a tag or a key that is no text stands: settings need none, and small texts get large by them. */
function findReference(document: Document): number | null {
  let found: number | null = null;
  const stop = (node: unknown) => {
    found = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    return visit.BREAK;
  };
  visit(document, {
    Node: (_, node) =>
      isAlias(node) || node.tag !== undefined || ('anchor' in node && node.anchor) ? stop(node) : undefined,
    Pair: (_, { key }) => (isScalar(key) ? undefined : stop(key)),
  });
  return found;
}

/** Offset of the last of the keys that is there. */
function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

const TOO_MUCH: Readonly<Record<string, string>> = { string: 'too-long', array: 'too-many' };
const TOO_LITTLE: Readonly<Record<string, string>> = { string: 'too-short', array: 'too-few' };

const NOT_OF_TYPE: Readonly<Record<string, string>> = {
  array: 'not-a-list',
  object: 'not-keys',
  string: 'not-text',
};

type LineOf = (keys: readonly PropertyKey[]) => number;

/** What is wrong in itself need not be measured against the rest of what is asked of it. */
function withoutRepeats(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const pathOf = ({ path }: z.core.$ZodIssue) => path.map(String).join('\n');
  const told = new Set(issues.filter(({ code }) => code !== 'custom').map(pathOf));
  return issues.filter((issue) => issue.code !== 'custom' || !told.has(pathOf(issue)));
}

/** A way through the settings, with entries counted as people count. */
function keyOf(path: readonly PropertyKey[]): string {
  const parts = path.map((key, at) =>
    typeof key === 'number' ? ` #${key + 1}` : `${at === 0 ? '' : '.'}${String(key)}`,
  );
  return shown(parts.join(''));
}

/** An error of the schema in words of ours. */
function toProblems(issue: z.core.$ZodIssue, lineOf: LineOf): Problem[] {
  const { path } = issue;
  const key = keyOf(path);
  const say = (id: string, data: Problem['data'] = {}) => [problemAt(lineOf(path), id, { key, ...data })];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((name) => {
        const at = [...path, name];
        if (path.join('.') !== 'rules') return problemAt(lineOf(at), 'unknown-key', { key: keyOf(at) });
        return problemAt(lineOf(at), RULE_IDS.has(name) ? 'no-words' : 'unknown-rule', { rule: shown(name) });
      });
    case 'invalid_type':
      if (path.length === 0) return say('not-a-map');
      return issue.input === undefined ? say('missing-key') : say(NOT_OF_TYPE[issue.expected] ?? 'wrong-type');
    case 'invalid_value':
      if (issue.input === undefined) return say('missing-key');
      if (path.at(-1) === 'rule') return say('unknown-rule', { rule: shown(issue.input) });
      return say('wrong-value', { expected: issue.values.map(String).join(', ') });
    case 'too_big':
      return say(TOO_MUCH[issue.origin] ?? 'too-much', { limit: Number(issue.maximum) });
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return say('empty');
      return say(TOO_LITTLE[issue.origin] ?? 'too-little', { limit: Number(issue.minimum) });
    case 'invalid_format':
      return say('bad-date', { value: shown(issue.input) });
    case 'custom':
      if (issue.params?.problem === 'unknown-rule') return say('unknown-rule', { rule: shown(issue.input) });
      return issue.params?.problem === 'bad-glob' ? say('bad-glob', { glob: shown(issue.input) }) : say('no-reason');
    default:
      return say('wrong-type');
  }
}

function withLines(
  { ignorePaths, rules, suppressions }: RepositorySettings,
  lineOf: LineOf,
): Pick<RepositorySettingsFact, 'ignorePaths' | 'options' | 'suppressions'> {
  return {
    ignorePaths: ignorePaths.map((glob, at) => ({ glob, line: lineOf(['ignorePaths', at]) })),
    options: Object.entries(rules)
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([ruleId, rule]) =>
        Object.entries(rule?.options ?? {})
          .filter(([, values]) => values.length > 0)
          .map(([name, values]) => ({ ruleId, name, values, line: lineOf(['rules', ruleId, 'options', name]) })),
      ),
    suppressions: suppressions.map(({ rule, path, reason, expires }, at) => ({
      ruleId: rule,
      glob: path ?? null,
      reason: toPrintable(reason),
      expires,
      line: lineOf(['suppressions', at]),
    })),
  };
}
