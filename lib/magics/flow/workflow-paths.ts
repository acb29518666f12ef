import type { FileFact } from '../facts/code';
import type { ManifestFact, WorkflowFact, WorkflowJobFact, WorkflowStepFact } from '../facts/project';

/** What exists at the audited commit, asked by path. */
export interface Tree {
  hasFile(path: string): boolean;
  hasDirectory(path: string): boolean;
  /** Below a link or a submodule, whose content is elsewhere. */
  isElsewhere(path: string): boolean;
}

const LINK_MODES = new Set(['120000', '160000']);

export function treeOf(files: readonly FileFact[]): Tree {
  const paths = new Set(files.map(({ path }) => path));
  const links = files.filter(({ mode }) => LINK_MODES.has(mode)).map(({ path }) => path);
  const directories = new Set<string>();
  for (const path of paths) {
    for (
      let at = path.lastIndexOf('/');
      at > 0 && !directories.has(path.slice(0, at));
      at = path.lastIndexOf('/', at - 1)
    ) {
      directories.add(path.slice(0, at));
    }
  }
  return {
    hasFile: (path) => paths.has(path),
    hasDirectory: (path) => path === '' || directories.has(path),
    isElsewhere: (path) => links.some((link) => path === link || path.startsWith(`${link}/`)),
  };
}

/** A clean path from the root; null when it leaves the repository or is not known before it runs. */
export function resolvePath(directory: string | null, path: string): string | null {
  if (/[$*?{}~`%\\]|^[/]|^[A-Za-z]:/.test(`${directory ?? ''}${path}`)) return null;
  const parts: string[] = [];
  for (const part of `${directory ?? ''}/${path}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}

const SCRIPT =
  /^\s*(?:-\s+)?(?:\w+=\S* )*(?:sudo )?(?:(?:(?:ba|z)?sh|source|\.|python3?|node|ruby|perl|php|pwsh|npx tsx|deno run|bun) (?:-[\w-]+ )*)?(?<path>(?:\.\/)?(?:[\w.-]+\/)*[\w.-]+\.(?:sh|bash|py|[cm]?js|ts|rb|pl|ps1|php)|\.\/(?:gradlew|mvnw))(?=\s|$|;|&|\|)/;
const NPM_RUN = /(?:^|[;&|]\s*|\s)(?:npm|pnpm) (?:run|run-script) (?<script>[\w:.-]+)(?=\s|$|[;&|)])/g;
/** Where a script starts, or what the repository is, is no longer known from the text. */
const MOVES = /\b(?:cd|pushd|chdir|Set-Location)\b|<<|\bgit (?:clone|checkout|worktree|submodule)\b/;
const BRINGS_FILES = /download-artifact|checkout-submodule|restore|cache\b|unzip|\btar\b/i;
const BUILT =
  /^(?:build|dist|out|output|target|bin|node_modules|vendor|tmp|temp|venv|\.venv|artifacts?|_build|cmake-build[^/]*|public|coverage|release)(?:\/|$)/i;
const MAX_LINES = 200;
const MAX_LINE = 500;

export interface MissingPath {
  form: 'action' | 'workflow' | 'script' | 'directory' | 'command';
  path: string;
}

/** Is another repository, or this one at another place, checked out where the job works? */
function isMoved(job: WorkflowJobFact): boolean {
  return job.steps.some((step) => step.inputs.some((input) => /^(?:path|repository|working-directory)=\S/.test(input)));
}

function textBefore(job: WorkflowJobFact, step: WorkflowStepFact): string {
  return job.steps
    .slice(0, job.steps.indexOf(step))
    .flatMap((each) => [each.uses ?? '', each.run ?? '', ...each.inputs, ...each.env])
    .join('\n');
}

function missingUse(uses: string, workflow: WorkflowFact, tree: Tree): MissingPath[] {
  if (workflow.provider !== 'github' && workflow.provider !== 'other') return [];
  if (!uses.startsWith('./')) return [];
  const path = resolvePath(null, uses);
  if (path === null || tree.isElsewhere(path)) return [];
  if (/\.ya?ml$/.test(path)) return tree.hasFile(path) ? [] : [{ form: 'workflow', path }];
  const prefix = path === '' ? '' : `${path}/`;
  const isThere = ['action.yml', 'action.yaml', 'Dockerfile'].some((name) => tree.hasFile(`${prefix}${name}`));
  return isThere ? [] : [{ form: 'action', path }];
}

function missingScripts(run: string, step: WorkflowStepFact, before: string, tree: Tree): MissingPath[] {
  const lines = run.split('\n', MAX_LINES).map((line) => line.slice(0, MAX_LINE));
  return lines.flatMap((line): MissingPath[] => {
    const written = SCRIPT.exec(line)?.groups?.path;
    const path = written === undefined ? null : resolvePath(step.workingDirectory, written);
    if (written === undefined || path === null || tree.hasFile(path) || tree.isElsewhere(path)) return [];
    const name = path.slice(path.lastIndexOf('/') + 1);
    const others = `${before}\n${lines.filter((other) => other !== line).join('\n')}\n${line.replace(written, '')}`;
    const directory = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
    const isMade = others.includes(name) || BUILT.test(path) || !tree.hasDirectory(directory);
    return isMade ? [] : [{ form: 'script', path }];
  });
}

function missingCommands(run: string, step: WorkflowStepFact, manifests: readonly ManifestFact[]): MissingPath[] {
  const directory = resolvePath(step.workingDirectory, '');
  const path = directory === '' ? 'package.json' : `${directory}/package.json`;
  const manifest = directory === null ? undefined : manifests.find((each) => each.path === path);
  if (!manifest || /--if-present|--prefix|--workspace|\s-(?:w|C|r)\b|--filter|--recursive/.test(run)) return [];
  return [...run.matchAll(NPM_RUN)].flatMap(({ groups }): MissingPath[] => {
    const script = groups?.script ?? '';
    const isKnown = script === 'env' || script.startsWith('-') || Object.hasOwn(manifest.scripts, script);
    return isKnown ? [] : [{ form: 'command', path: script }];
  });
}

/** What a step names and the repository does not hold. */
export function missingPaths(
  { workflow, job, step }: { workflow: WorkflowFact; job: WorkflowJobFact; step: WorkflowStepFact },
  tree: Tree,
  manifests: readonly ManifestFact[],
): MissingPath[] {
  if (isMoved(job)) return [];
  const before = textBefore(job, step);
  if (step.uses !== null) return missingUse(step.uses, workflow, tree);
  const run = (step.run ?? '').slice(0, MAX_LINES * MAX_LINE);
  if (MOVES.test(run) || MOVES.test(before) || BRINGS_FILES.test(before)) return [];
  const directory = step.workingDirectory === null ? '' : resolvePath(step.workingDirectory, '');
  if (directory === null) return [];
  if (!tree.hasDirectory(directory)) {
    const name = directory.slice(directory.lastIndexOf('/') + 1);
    const isMade = before.includes(name) || BUILT.test(directory) || tree.isElsewhere(directory);
    return isMade ? [] : [{ form: 'directory', path: directory }];
  }
  return [...missingScripts(run, step, before, tree), ...missingCommands(run, step, manifests)];
}
