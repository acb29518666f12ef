import type { CheckSettingFact } from '@/lib/magics/facts/project';
import { parseJsonc } from '../../text/json-comments';
import { parseJson, property, stringOf, stringsOf } from '../json-value';
import { joinPath, nameOf, type ProjectText, parentPath } from '../project-text';
import { lineOfMatch } from './line-of';

export const isTypescriptConfig = (name: string): boolean => /^tsconfig(?:[.-][\w.-]{1,60})?\.json$/.test(name);

interface Configs {
  files: ReadonlyMap<string, { value: unknown; text: string }>;
  /** Each is read once, however many extend it; one that extends itself is open. */
  known: Map<string, Switches>;
}

/** Switches of the family, own or inherited; undefined where nothing says. */
interface Switches {
  strict?: boolean;
  noImplicitAny?: boolean;
  strictNullChecks?: boolean;
  /** A base outside the repository may say more. */
  isOpen: boolean;
}

const NAMES = ['strict', 'noImplicitAny', 'strictNullChecks'] as const;
const MAX_BASES = 8;
const MAX_DEPTH = 20;
const LEVELS = ['strict', 'partial', 'unknown', 'lax'] as const;
/** From this version on the compiler is strict unless told otherwise. */
const STRICT_BY_DEFAULT = 6;

/** One row a directory with configurations, for the strictest of them. */
export function typescriptSettings(texts: readonly ProjectText[]): CheckSettingFact[] {
  const files = new Map<string, { value: unknown; text: string }>();
  for (const { path, text } of texts) {
    if (isTypescriptConfig(nameOf(path))) files.set(path, { value: parseJsonc(text), text });
  }
  const isStrictByDefault = texts.some(
    ({ path, text }) => path === 'package.json' && compilerVersion(text) >= STRICT_BY_DEFAULT,
  );
  const best = new Map<string, CheckSettingFact>();
  const configs = { files, known: new Map<string, Switches>() };
  for (const [path, { value, text }] of files) {
    if (typeof value !== 'object' || value === null || isOnlyReferences(value)) continue;
    const switches = switchesOf(path, configs, 0);
    const row = rowOf(path, text, isStrictByDefault && !switches.isOpen ? { strict: true, ...switches } : switches);
    const directory = parentPath(path);
    const known = best.get(directory);
    if (!known || LEVELS.indexOf(row.level) < LEVELS.indexOf(known.level)) best.set(directory, row);
  }
  return [...best.values()];
}

function compilerVersion(manifest: string): number {
  const value = parseJson(manifest);
  const range =
    stringOf(property(value, 'devDependencies', 'typescript')) ??
    stringOf(property(value, 'dependencies', 'typescript'));
  return Number(/\d{1,3}/.exec(range ?? '')?.[0] ?? 0);
}

/** A list of projects that compiles nothing itself. */
function isOnlyReferences(value: object): boolean {
  const files = property(value, 'files');
  return property(value, 'references') !== undefined && Array.isArray(files) && files.length === 0;
}

function switchesOf(path: string, configs: Configs, depth: number): Switches {
  const known = configs.known.get(path);
  if (known) return known;
  configs.known.set(path, { isOpen: true });
  const switches = depth > MAX_DEPTH ? { isOpen: true } : readSwitches(path, configs, depth);
  configs.known.set(path, switches);
  return switches;
}

function readSwitches(path: string, configs: Configs, depth: number): Switches {
  const value = configs.files.get(path)?.value;
  const extended = property(value, 'extends');
  const bases = typeof extended === 'string' ? [extended] : stringsOf(extended);
  let result: Switches = { isOpen: false };
  for (const base of bases.slice(0, MAX_BASES)) {
    const inherited = baseSwitches(base, path, configs, depth);
    result = { ...result, ...inherited, isOpen: result.isOpen || inherited.isOpen };
  }
  for (const name of NAMES) {
    const own = property(value, 'compilerOptions', name);
    if (typeof own === 'boolean') result[name] = own;
  }
  return result;
}

function baseSwitches(base: string, from: string, configs: Configs, depth: number): Switches {
  if (/^@tsconfig\/|^astro\/tsconfigs\/strict/.test(base)) return { strict: true, isOpen: false };
  if (!base.startsWith('.')) return { isOpen: true };
  const path = resolve(parentPath(from), base);
  const found = [path, `${path}.json`, joinPath(path, 'tsconfig.json')].find((each) => configs.files.has(each));
  return found === undefined ? { isOpen: true } : switchesOf(found, configs, depth + 1);
}

function resolve(directory: string, relative: string): string {
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function rowOf(path: string, text: string, switches: Switches): CheckSettingFact {
  const off = NAMES.find((name) => switches[name] === false);
  const { strict, noImplicitAny, strictNullChecks } = switches;
  const level: CheckSettingFact['level'] =
    strict === true
      ? off === undefined
        ? 'strict'
        : 'partial'
      : noImplicitAny && strictNullChecks
        ? 'partial'
        : switches.isOpen && strict === undefined
          ? 'unknown'
          : 'lax';
  return {
    path,
    line: lineOfMatch(text, off === undefined ? /"compilerOptions"/ : new RegExp(`"${off}"\\s*:\\s*false`)),
    kind: 'types',
    tool: 'typescript',
    level,
    setting: off === undefined ? null : `"${off}": false`,
  };
}
