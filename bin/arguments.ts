import { parseArgs } from 'node:util';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { magics } from '@/lib/magics/registry';
import { LANGUAGES, type Language, MAGIC_IDS, type MagicId } from '@/lib/magics/types';

export const FORMATS = ['text', 'json', 'sarif', 'junit', 'gitlab', 'csv', 'html', 'cyclonedx'] as const;
export type Format = (typeof FORMATS)[number];

/** Ids of the rules that know a mechanical fix. */
export const FIXABLE_RULES: readonly string[] = magics.flatMap(({ rules }) =>
  rules.flatMap(({ id, edit }) => (edit ? [id] : [])),
);

export interface AuditArguments {
  path: string;
  ref: string | undefined;
  magics: readonly MagicId[];
  format: Format;
  out: string | undefined;
  failUnder: number | undefined;
  strictness: number | undefined;
  cache: string | undefined;
  isExplained: boolean;
  /** Lists what the repository asked to ignore. */
  showsSuppressed: boolean;
  /** File or directory of advisory data. */
  advisories: string | undefined;
  /** File that holds a coverage report. */
  coverage: string | undefined;
  /** File that all safe mechanical fixes are written to. */
  patch: string | undefined;
}

export interface FixArguments extends Pick<AuditArguments, 'path' | 'ref' | 'out' | 'cache'> {
  /** Ids; every rule with mechanical fixes unless given. */
  rules: readonly string[];
}

export interface VerifyArguments {
  files: readonly string[];
  /** File with public keys that are trusted. */
  key: string | undefined;
}

export type Command =
  | { name: 'audit'; language: Language; arguments: AuditArguments }
  | { name: 'config'; language: Language; path: string }
  | { name: 'fix'; language: Language; arguments: FixArguments }
  | { name: 'verify'; language: Language; arguments: VerifyArguments }
  | { name: 'help' | 'version'; language: Language }
  | { name: 'wrong'; language: Language; problem: string };

const OPTIONS = {
  ref: { type: 'string' },
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
  lang: { type: 'string' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; what is wrong with it is a command of its own. */
export function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const fallback = languageOf(environment);
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { name: 'wrong', language: fallback, problem: problemOf(error, CLI_TEXTS[fallback].errors) };
  }
  const { values, positionals } = parsed;
  const language = LANGUAGES.find((known) => known === values.lang) ?? fallback;
  const t = CLI_TEXTS[language].errors;
  const wrong = (problem: string): Command => ({ name: 'wrong', language, problem });
  if (values.lang !== undefined && language !== values.lang) return wrong(t.value('lang', LANGUAGES.join(' | ')));
  if (values.help || (args.length === 0 && positionals.length === 0)) return { name: 'help', language };
  if (values.version) return { name: 'version', language };

  const [command, path = '.', ...others] = positionals;
  if (command === 'config') {
    const [file = '.', ...rest] = others;
    if (path !== 'check') return wrong(t.unknownConfig(path === '.' ? '' : path));
    if (rest.length > 0) return wrong(t.tooManyPaths);
    return file === '' ? wrong(t.emptyPath) : { name: 'config', language, path: file };
  }
  if (command === 'verify') {
    const files = positionals.slice(1);
    const foreign = [...AUDIT_ONLY, ...FIX_ONLY, ...READING].find((name) => isGiven(args, name));
    if (foreign) return wrong(t.notOf(foreign, command));
    if (files.length === 0) return wrong(t.noEvidenceFile);
    if (files.includes('')) return wrong(t.emptyPath);
    if (values.key === '') return wrong(t.missingValue('key'));
    return { name: 'verify', language, arguments: { files, key: values.key } };
  }
  if (command !== 'audit' && command !== 'fix') return wrong(t.unknownCommand(command ?? ''));
  if (others.length > 0) return wrong(t.tooManyPaths);
  const format = FORMATS.find((known) => known === values.format);
  if (!format) return wrong(t.value('format', FORMATS.join(' | ')));
  const names = values.magics?.split(',').map((name) => name.trim()) ?? [...MAGIC_IDS];
  const unknown = names.find((name) => !MAGIC_IDS.some((id) => id === name));
  if (unknown !== undefined) return wrong(t.unknownMagic(unknown));
  const empty = (['ref', 'out', 'cache', 'advisories', 'coverage', 'patch', 'rules'] as const).find(
    (name) => values[name] === '',
  );
  if (empty) return wrong(t.missingValue(empty));
  if (path === '') return wrong(t.emptyPath);
  const foreign = [...(command === 'fix' ? AUDIT_ONLY : FIX_ONLY), ...VERIFY_ONLY].find((name) => isGiven(args, name));
  if (foreign) return wrong(t.notOf(foreign, command));
  if (command === 'fix') {
    const rules = values.rules?.split(',').map((rule) => rule.trim()) ?? FIXABLE_RULES;
    const other = rules.find((rule) => !FIXABLE_RULES.includes(rule));
    if (other !== undefined) return wrong(t.unfixable(other));
    return { name: 'fix', language, arguments: { path, ref: values.ref, out: values.out, cache: values.cache, rules } };
  }
  const failUnder = numberOf(values['fail-under'], 100);
  if (failUnder === null) return wrong(t.value('fail-under', '0–100'));
  if (values.explain && format !== 'text') return wrong(t.explainsText);
  if (values['show-suppressed'] && format !== 'text') return wrong(t.showsText);
  const strictness = numberOf(values.strictness, 1);
  if (strictness === null) return wrong(t.value('strictness', '0–1'));
  return {
    name: 'audit',
    language,
    arguments: {
      path,
      ref: values.ref,
      magics: MAGIC_IDS.filter((id) => names.includes(id)),
      format,
      out: values.out,
      failUnder,
      strictness,
      cache: values.cache,
      isExplained: values.explain,
      showsSuppressed: values['show-suppressed'],
      advisories: values.advisories,
      coverage: values.coverage,
      patch: values.patch,
    },
  };
}

const AUDIT_ONLY = [
  'magics',
  'format',
  'fail-under',
  'strictness',
  'explain',
  'show-suppressed',
  'advisories',
  'coverage',
  'patch',
] as const;
const FIX_ONLY = ['rules'] as const;
const VERIFY_ONLY = ['key'] as const;
/** Of the commands that read a repository. */
const READING = ['ref', 'out', 'cache'] as const;

const isGiven = (args: readonly string[], name: string): boolean =>
  args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
}

/** Node tells it in English, with advice for those who write programs. */
function problemOf(error: unknown, t: (typeof CLI_TEXTS)['en']['errors']): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [option = ''] = /--\w[\w-]*/.exec(message) ?? /(?<=')-[^' ]*/.exec(message) ?? [];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return t.unknownOption(option);
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message;
  return / does not take /.test(message) ? t.noValue(option) : t.missingValue(option.replace(/^--/, ''));
}

/** undefined when absent, null when it is no number of the range. */
function numberOf(text: string | undefined, most: number): number | null | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : most + 1;
  return value <= most ? value : null;
}

function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.startsWith('ja') ? 'ja' : 'en';
}
