import { classifyPath } from './classify-path';
import type { LanguageId } from './facts/code';
import { CODE_EXTENSIONS } from './path-tables';

/** What a path alone says about a file: history knows paths whose content nobody reads any more. */

const EXTENSIONS: Record<LanguageId, string> = {
  typescript: 'ts mts cts',
  tsx: 'tsx',
  javascript: 'js mjs cjs jsx',
  python: 'py pyi pyw',
  go: 'go',
  java: 'java',
  rust: 'rs',
  c: 'c h',
  cpp: 'cc cpp cxx hpp hh hxx inl',
  csharp: 'cs',
  ruby: 'rb rake',
  php: 'php',
  kotlin: 'kt kts',
  bash: 'sh bash',
};
const LANGUAGE_BY_EXTENSION: ReadonlyMap<string, LanguageId> = new Map(
  Object.entries(EXTENSIONS).flatMap(([language, extensions]) =>
    extensions.split(' ').map((extension) => [extension, language as LanguageId]),
  ),
);

const SCRIPT_DIRECTORIES = new Set(
  'bin cmd cli script scripts tool tools tooling build ci hack bench benches benchmarks commands devtools'.split(' '),
);
const SCRIPT_STEM = /^(?:cli|main|__main__|manage|setup|repl|fabfile|tasks|.*[-_]cli)$/;

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `.` for a file at the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** Lower case, without the dot; empty without one. */
export function extensionOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

export function languageOfPath(path: string): LanguageId | null {
  return LANGUAGE_BY_EXTENSION.get(extensionOf(path)) ?? null;
}

/** Written in a programming language, whatever its role. */
export function isSourcePath(path: string): boolean {
  return CODE_EXTENSIONS.has(extensionOf(path));
}

export function isProductionPath(path: string): boolean {
  return classifyPath(path) === 'production';
}

/** A test, or what tests read. */
export function isTestPath(path: string): boolean {
  const role = classifyPath(path);
  return role === 'test' || role === 'fixture';
}

export function isDocumentationPath(path: string): boolean {
  return classifyPath(path) === 'documentation';
}

/** Programs people start by hand or that build the product: printing and shelling out are their work. */
export function isScriptPath(path: string): boolean {
  const stem = baseName(path).toLowerCase().split('.')[0] ?? '';
  const directories = path.toLowerCase().split('/').slice(0, -1);
  return (
    SCRIPT_STEM.test(stem) ||
    languageOfPath(path) === 'bash' ||
    directories.some((directory) => SCRIPT_DIRECTORIES.has(directory)) ||
    classifyPath(path) === 'configuration'
  );
}
