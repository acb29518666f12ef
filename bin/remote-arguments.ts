import { CLI_TEXTS } from '@/lib/i18n/cli';
import { type Language, SEVERITIES } from '@/lib/magics/types';
import { EXPORT_FORMATS, type ExportFormat } from '@/lib/schemas/export-formats';
import { type CommandLine, type GivenOptions, numberOf } from './options';
import { WrongUsage } from './wrong-usage';

/** Which project of the server; without both, the one of the repository at the path. */
export interface WhichProject {
  /** Id or name. */
  project: string | undefined;
  repository: string | undefined;
  path: string;
}

export interface RemoteAudit extends WhichProject {
  branch: string | undefined;
  waits: boolean;
  timeoutMs: number;
  isJson: boolean;
  format: ExportFormat | undefined;
  out: string | undefined;
}

export interface FindingsRequest extends WhichProject {
  severity: string | undefined;
  state: string | undefined;
  limit: number;
  output: 'text' | 'json' | 'sarif';
}

export interface ProjectsImport {
  /** `-` is the standard input. */
  file: string;
  /** Only says what would happen. */
  isCheck: boolean;
  isJson: boolean;
}

/** What is done with a server. */
export type RemoteCommand =
  | { does: 'login'; url: string | undefined; isTokenOnStdin: boolean }
  | { does: 'logout' }
  | { does: 'whoami'; isJson: boolean }
  | {
      does: 'project add';
      repository: string;
      projectName: string | undefined;
      branch: string | undefined;
      isJson: boolean;
    }
  | { does: 'project list'; isJson: boolean }
  | ({ does: 'project import' } & ProjectsImport)
  | ({ does: 'audit' } & RemoteAudit)
  | ({ does: 'findings' } & FindingsRequest)
  | ({ does: 'gate'; isJson: boolean } & WhichProject);

interface Given {
  name: string;
  operands: readonly string[];
  options: GivenOptions;
  /** Throws for options that the command does not take. */
  check: (command: CommandLine) => void;
  onePath: (paths: readonly string[]) => string;
}

const DEFAULT_TIMEOUT_MINUTES = 60;
const MAX_TIMEOUT_MINUTES = 24 * 60;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 10_000;

export function readRemote(given: Given, language: Language): RemoteCommand {
  const t = CLI_TEXTS[language].errors;
  const { name, operands, options, check, onePath } = given;
  const { values } = options;
  const none = (): void => {
    if (operands.length > 0) throw new WrongUsage(t.noOperand(name));
  };
  switch (name) {
    case 'login':
      check('login');
      if (operands.length > 1) throw new WrongUsage(t.oneServer);
      return { does: name, url: operands[0], isTokenOnStdin: values['token-stdin'] };
    case 'logout':
      check('logout');
      none();
      return { does: name };
    case 'whoami':
      check('whoami');
      none();
      return { does: name, isJson: values.json };
    case 'project':
      return readProject(given, language);
    case 'audit':
      check('audit --remote');
      return { does: name, ...readRemoteAudit(options, whichProject(options, onePath(operands), language), language) };
    case 'findings':
      check('findings');
      return { does: name, ...readFindings(options, whichProject(options, onePath(operands), language), language) };
    case 'gate':
      check('gate');
      return { does: name, isJson: values.json, ...whichProject(options, onePath(operands), language) };
  }
  throw new WrongUsage(t.unknownCommand(name));
}

function readProject({ operands, options, check }: Given, language: Language): RemoteCommand {
  const t = CLI_TEXTS[language].errors;
  const { values } = options;
  const [verb = '', named, ...rest] = operands;
  if (verb === 'list') {
    check('project list');
    if (named !== undefined) throw new WrongUsage(t.noOperand('project list'));
    return { does: 'project list', isJson: values.json };
  }
  if (verb === 'import') {
    check('project import');
    if (named === undefined || rest.length > 0) throw new WrongUsage(t.oneProjectsFile);
    return { does: 'project import', file: named, isCheck: values.check, isJson: values.json };
  }
  if (verb !== 'add') throw new WrongUsage(t.unknownProject(verb));
  check('project add');
  if (named === undefined || rest.length > 0) throw new WrongUsage(t.oneRepository);
  return {
    does: 'project add',
    repository: named,
    projectName: values.name,
    branch: values.branch,
    isJson: values.json,
  };
}

function whichProject({ values }: GivenOptions, path: string, language: Language): WhichProject {
  const { project, repository } = values;
  if (project && repository) throw new WrongUsage(CLI_TEXTS[language].errors.twoOf('project', 'repository'));
  return { project, repository, path };
}

function readRemoteAudit({ values, given }: GivenOptions, which: WhichProject, language: Language): RemoteAudit {
  const t = CLI_TEXTS[language].errors;
  const format = EXPORT_FORMATS.find((known) => known === values.format);
  const isText = values.format === 'text';
  if (!format && !isText) throw new WrongUsage(t.value('format', EXPORT_FORMATS.join(' | ')));
  if (format && values.out === undefined) throw new WrongUsage(t.needsOther('format', 'out'));
  if (!format && values.out !== undefined) throw new WrongUsage(t.needsOther('out', 'format'));
  const [waiting] = (['timeout', 'format'] as const).filter((name) => given.has(name));
  if (waiting && !values.wait) throw new WrongUsage(t.needsOther(waiting, 'wait'));
  const minutes = numberOf(values.timeout, MAX_TIMEOUT_MINUTES);
  if (minutes === null) throw new WrongUsage(t.value('timeout', `0–${MAX_TIMEOUT_MINUTES}`));
  return {
    ...which,
    branch: values.branch,
    waits: values.wait,
    timeoutMs: (minutes ?? DEFAULT_TIMEOUT_MINUTES) * 60_000,
    isJson: values.json,
    format,
    out: values.out,
  };
}

function readFindings({ values }: GivenOptions, which: WhichProject, language: Language): FindingsRequest {
  const t = CLI_TEXTS[language].errors;
  if (values.json && values.sarif) throw new WrongUsage(t.twoOf('json', 'sarif'));
  const unknown = values.severity?.split(',').find((name) => !SEVERITIES.some((known) => known === name));
  if (unknown !== undefined) throw new WrongUsage(t.value('severity', SEVERITIES.join(',')));
  const limit = numberOf(values.limit, MAX_LIMIT);
  if (limit === null || limit === 0 || !Number.isInteger(limit ?? 1)) {
    throw new WrongUsage(t.value('limit', `1–${MAX_LIMIT}`));
  }
  const output = values.json ? 'json' : values.sarif ? 'sarif' : 'text';
  return { ...which, severity: values.severity, state: values.state, limit: limit ?? DEFAULT_LIMIT, output };
}
