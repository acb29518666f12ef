import type { Uncommitted } from '@/lib/git/snapshot';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { magics } from '@/lib/magics/registry';
import { LANGUAGES, type Language, MAGIC_IDS, type MagicId, SEVERITIES, type Severity } from '@/lib/magics/types';
import { type ClusterCommand, readCluster } from './cluster/cluster-arguments';
import {
  type CommandLine,
  emptyOption,
  foreignOption,
  type GivenOptions,
  numberOf,
  parseOptions,
  problemOf,
} from './options';
import { type RemoteCommand, readRemote } from './remote-arguments';
import { WrongUsage } from './wrong-usage';

export const FORMATS = ['text', 'json', 'sarif', 'junit', 'gitlab', 'csv', 'html', 'cyclonedx'] as const;
export type Format = (typeof FORMATS)[number];

/** Ids of the rules that know a mechanical fix. */
export const FIXABLE_RULES: readonly string[] = magics.flatMap(({ rules }) =>
  rules.flatMap(({ id, edit }) => (edit ? [id] : [])),
);

export interface AuditArguments {
  path: string;
  ref: string | undefined;
  /** Audits what is not committed, in place of a ref. */
  uncommitted: Uncommitted | undefined;
  /** A ref: the gate looks at what it did not have. */
  newSince: string | undefined;
  /** New findings as grave as this, or graver, fail the gate. */
  failOnNew: Severity | undefined;
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

export interface McpArguments {
  /** Folders whose repositories may be audited. */
  roots: readonly string[];
  cache: string | undefined;
}

export type Command =
  | { name: 'audit'; language: Language; arguments: AuditArguments }
  | { name: 'config'; language: Language; path: string }
  | { name: 'fix'; language: Language; arguments: FixArguments }
  | { name: 'verify'; language: Language; arguments: VerifyArguments }
  | { name: 'mcp'; language: Language; arguments: McpArguments }
  | { name: 'remote'; language: Language; command: RemoteCommand }
  | { name: 'cluster'; language: Language; command: ClusterCommand }
  | { name: 'help' | 'version'; language: Language }
  | { name: 'wrong'; language: Language; problem: string };

/** Reads the command line; what is wrong with it is a command of its own. */
export function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const fallback = languageOf(environment);
  let options: GivenOptions;
  try {
    options = parseOptions(args);
  } catch (error) {
    return { name: 'wrong', language: fallback, problem: problemOf(error, fallback) };
  }
  const { values, positionals } = options;
  const language = LANGUAGES.find((known) => known === values.lang) ?? fallback;
  const wrong = (problem: string): Command => ({ name: 'wrong', language, problem });
  const t = CLI_TEXTS[language].errors;
  if (values.lang !== undefined && language !== values.lang) return wrong(t.value('lang', LANGUAGES.join(' | ')));
  if (values.help || (args.length === 0 && positionals.length === 0)) return { name: 'help', language };
  if (values.version) return { name: 'version', language };
  try {
    return readCommand(options, language);
  } catch (problem) {
    if (problem instanceof WrongUsage) return wrong(problem.message);
    throw problem;
  }
}

function readCommand(options: GivenOptions, language: Language): Command {
  const { values, positionals, given } = options;
  const t = CLI_TEXTS[language].errors;
  const [name = '', ...operands] = positionals;
  const check = (command: CommandLine): void => {
    const foreign = foreignOption(command, given);
    if (foreign) throw new WrongUsage(t.notOf(foreign, command));
    const empty = emptyOption(values);
    if (empty) throw new WrongUsage(t.missingValue(empty));
    if (operands.includes('')) throw new WrongUsage(t.emptyPath);
  };
  const onePath = (paths: readonly string[]): string => {
    if (paths.length > 1) throw new WrongUsage(t.tooManyPaths);
    return paths[0] ?? '.';
  };
  switch (name) {
    case 'audit':
      if (given.has('remote')) break;
      check('audit');
      return { name, language, arguments: readAudit(options, onePath(operands), language) };
    case 'fix':
      check('fix');
      return { name, language, arguments: readFix(options, onePath(operands), language) };
    case 'config':
      if (operands[0] !== 'check') throw new WrongUsage(t.unknownConfig(operands[0] ?? ''));
      check('config');
      return { name, language, path: onePath(operands.slice(1)) };
    case 'verify':
      check('verify');
      if (operands.length === 0) throw new WrongUsage(t.noEvidenceFile);
      return { name, language, arguments: { files: operands, key: values.key } };
    case 'cluster':
      return { name, language, command: readCluster(operands, options, check, language) };
    case 'mcp':
      check('mcp');
      if (operands.length > 0) throw new WrongUsage(t.noOperand(name));
      return { name, language, arguments: { roots: values.root ?? ['.'], cache: values.cache } };
  }
  return { name: 'remote', language, command: readRemote({ name, operands, options, check, onePath }, language) };
}

function readAudit({ values, given }: GivenOptions, path: string, language: Language): AuditArguments {
  const t = CLI_TEXTS[language].errors;
  const format = FORMATS.find((known) => known === values.format);
  if (!format) throw new WrongUsage(t.value('format', FORMATS.join(' | ')));
  const names = values.magics?.split(',').map((name) => name.trim()) ?? [...MAGIC_IDS];
  const unknown = names.find((name) => !MAGIC_IDS.some((id) => id === name));
  if (unknown !== undefined) throw new WrongUsage(t.unknownMagic(unknown));
  const [first, second] = (['ref', 'staged', 'working-tree'] as const).filter((name) => given.has(name));
  if (first && second) throw new WrongUsage(t.twoOf(first, second));
  const failOnNew = SEVERITIES.find((severity) => severity === values['fail-on-new']);
  if (values['fail-on-new'] !== undefined && !failOnNew) {
    throw new WrongUsage(t.value('fail-on-new', SEVERITIES.join(' | ')));
  }
  if (failOnNew && values['new-since'] === undefined) throw new WrongUsage(t.needsOther('fail-on-new', 'new-since'));
  const failUnder = numberOf(values['fail-under'], 100);
  if (failUnder === null) throw new WrongUsage(t.value('fail-under', '0–100'));
  if (values.explain && format !== 'text') throw new WrongUsage(t.explainsText);
  if (values['show-suppressed'] && format !== 'text') throw new WrongUsage(t.showsText);
  const strictness = numberOf(values.strictness, 1);
  if (strictness === null) throw new WrongUsage(t.value('strictness', '0–1'));
  return {
    path,
    ref: values.ref,
    uncommitted: values.staged ? 'staged' : values['working-tree'] ? 'working-tree' : undefined,
    newSince: values['new-since'],
    failOnNew,
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
  };
}

function readFix({ values }: GivenOptions, path: string, language: Language): FixArguments {
  const rules = values.rules?.split(',').map((rule) => rule.trim()) ?? FIXABLE_RULES;
  const other = rules.find((rule) => !FIXABLE_RULES.includes(rule));
  if (other !== undefined) throw new WrongUsage(CLI_TEXTS[language].errors.unfixable(other));
  return { path, ref: values.ref, out: values.out, cache: values.cache, rules };
}

function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.startsWith('ja') ? 'ja' : 'en';
}
