import { parseArgs } from 'node:util';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';

const OPTIONS = {
  ref: { type: 'string' },
  staged: { type: 'boolean', default: false },
  'working-tree': { type: 'boolean', default: false },
  'new-since': { type: 'string' },
  'fail-on-new': { type: 'string' },
  magics: { type: 'string' },
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  'fail-under': { type: 'string' },
  strictness: { type: 'string' },
  cache: { type: 'string' },
  explain: { type: 'boolean', default: false },
  'show-suppressed': { type: 'boolean', default: false },
  advisories: { type: 'string' },
  coverage: { type: 'string' },
  patch: { type: 'string' },
  rules: { type: 'string' },
  key: { type: 'string' },
  remote: { type: 'boolean', default: false },
  wait: { type: 'boolean', default: false },
  timeout: { type: 'string' },
  project: { type: 'string' },
  repository: { type: 'string' },
  branch: { type: 'string' },
  name: { type: 'string' },
  severity: { type: 'string' },
  state: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean', default: false },
  sarif: { type: 'boolean', default: false },
  'token-stdin': { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  root: { type: 'string', multiple: true },
  config: { type: 'string' },
  mode: { type: 'string' },
  context: { type: 'string' },
  contexts: { type: 'string' },
  'dry-run': { type: 'string' },
  'force-conflicts': { type: 'boolean', default: false },
  'with-data': { type: 'boolean', default: false },
  offline: { type: 'boolean', default: false },
  engines: { type: 'string' },
  yes: { type: 'string' },
  lang: { type: 'string' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

const EVERYWHERE: readonly OptionName[] = ['lang', 'version', 'help'];
const WHICH_PROJECT = ['project', 'repository'] as const;
const WHICH_CLUSTER = ['config', 'mode', 'context'] as const;

/** What each command takes besides. */
const TAKEN = {
  audit: [
    ...([
      'ref',
      'staged',
      'working-tree',
      'new-since',
      'fail-on-new',
      'magics',
      'format',
      'out',
      'fail-under',
    ] as const),
    ...(['strictness', 'cache', 'explain', 'show-suppressed', 'advisories', 'coverage', 'patch'] as const),
  ],
  'audit --remote': ['remote', 'wait', 'timeout', 'branch', 'json', 'format', 'out', ...WHICH_PROJECT],
  fix: ['ref', 'out', 'cache', 'rules'],
  config: [],
  verify: ['key'],
  login: ['token-stdin'],
  logout: [],
  whoami: ['json'],
  'project add': ['name', 'branch', 'json'],
  'project list': ['json'],
  'project import': ['check', 'json'],
  findings: ['severity', 'state', 'limit', 'json', 'sarif', ...WHICH_PROJECT],
  gate: ['json', ...WHICH_PROJECT],
  mcp: ['root', 'cache'],
  'cluster render': ['config', 'mode', 'contexts', 'engines'],
  'cluster diff': ['force-conflicts', 'with-data', 'json', ...WHICH_CLUSTER],
  'cluster apply': ['contexts', 'dry-run', 'force-conflicts', 'with-data', ...WHICH_CLUSTER],
  'cluster status': ['json', ...WHICH_CLUSTER],
  'cluster validate': ['offline', ...WHICH_CLUSTER],
  'cluster destroy': ['yes', 'with-data', ...WHICH_CLUSTER],
} as const satisfies Record<string, readonly OptionName[]>;

export type CommandLine = keyof typeof TAKEN;
export const COMMAND_LINES = Object.keys(TAKEN) as CommandLine[];
export type Values = ReturnType<typeof parse>['values'];
export type ErrorTexts = (typeof CLI_TEXTS)['en']['errors'];

export interface GivenOptions {
  values: Values;
  positionals: string[];
  given: ReadonlySet<OptionName>;
}

/** Throws what `problemOf` tells. */
export function parseOptions(args: readonly string[]): GivenOptions {
  const { values, positionals, tokens } = parse(args);
  const given = new Set(tokens.flatMap((token) => (token.kind === 'option' ? [token.name as OptionName] : [])));
  return { values, positionals, given };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true, tokens: true });
}

/** Of those given, one that the command does not take. */
export function foreignOption(command: CommandLine, given: ReadonlySet<OptionName>): OptionName | undefined {
  const taken: readonly OptionName[] = [...TAKEN[command], ...EVERYWHERE];
  return [...given].find((name) => !taken.includes(name));
}

/** Of those that hold a text, one that is empty. */
export function emptyOption(values: Values): OptionName | undefined {
  const names = Object.keys(values) as OptionName[];
  return names.find((name) => values[name] === '' || (Array.isArray(values[name]) && values[name].includes('')));
}

/** Node tells it in English, with advice for those who write programs. */
export function problemOf(error: unknown, language: Language): string {
  const t: ErrorTexts = CLI_TEXTS[language].errors;
  const { code, message } = error as NodeJS.ErrnoException;
  const [option = ''] = /--\w[\w-]*/.exec(message) ?? /(?<=')-[^' ]*/.exec(message) ?? [];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return t.unknownOption(option);
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message;
  return / does not take /.test(message) ? t.noValue(option) : t.missingValue(option.replace(/^--/, ''));
}

/** undefined when absent, null when it is no number of the range. */
export function numberOf(text: string | undefined, most: number): number | null | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : most + 1;
  return value <= most ? value : null;
}
