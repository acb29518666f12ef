import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../run-command';

/** The newest that run on every Node that we run on. */
const PACKAGES = [
  'eslint@10.15.0',
  'eslint-plugin-sonarjs@4.2.2',
  'typescript-eslint@8.74.0',
  'typescript@5.9.3',
  'secretlint@11.7.1',
  '@secretlint/secretlint-rule-preset-recommend@11.7.1',
  'jscpd@5.3.3',
];

const SOURCES = ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'];

export interface Tool {
  name: string;
  command: string[];
  /** How many files of the work tree it is for; null for all. */
  files: number | null;
}

export function installTools(directory: string): void {
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
  runCommand(['npm', 'install', ...flags, '--prefix', directory, ...PACKAGES], { cwd: directory, timeoutSeconds: 600 });
}

/** Commands to run in a work tree. @param scratch where their settings and reports go. */
export function toolsOf(directory: string, tree: string, scratch: string): Tool[] {
  const program = (name: string) => join(directory, 'node_modules', '.bin', name);
  const eslintConfig = fileURLToPath(new URL('sonarjs-recommended.mjs', import.meta.url));
  const secretlintConfig = join(scratch, 'secretlintrc.json');
  const preset = '@secretlint/secretlint-rule-preset-recommend';
  writeFileSync(secretlintConfig, JSON.stringify({ rules: [{ id: preset }] }));
  const patterns = SOURCES.map((extension) => `*.${extension}`);
  const sources = runCommand(['git', 'ls-files', '-z', '--', ...patterns], { cwd: tree }).output.split('\0').length - 1;
  return [
    {
      name: 'eslint + sonarjs',
      command: [program('eslint'), '--config', eslintConfig, '--no-error-on-unmatched-pattern', '.'],
      files: sources,
    },
    {
      name: 'secretlint',
      command: [program('secretlint'), '--secretlintrc', secretlintConfig, '**/*'],
      files: null,
    },
    {
      name: 'jscpd',
      command: [program('jscpd'), '--reporters', 'json', '--output', join(scratch, 'jscpd'), '.'],
      files: null,
    },
  ];
}
