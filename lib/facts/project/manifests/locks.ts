import type { ManifestFact } from '@/lib/magics/facts/project';
import { namesInPipfileLock, normalizePythonName } from './python';

type Ecosystem = ManifestFact['ecosystem'];

interface LockFormat {
  names: readonly string[];
  /** Names of all packages the lock file holds; null when the format is not read. */
  read: ((text: string) => Set<string>) | null;
  /** How the ecosystem compares names. */
  normalize?: (name: string) => string;
}

const lower = (name: string) => name.toLowerCase();

const FORMATS: Record<Ecosystem, readonly LockFormat[]> = {
  npm: [
    {
      names: ['package-lock.json', 'npm-shrinkwrap.json'],
      read: (text) => matches(text, /"(?:[^"\n]*node_modules\/)?((?:@[^"/\n]+\/)?[^"/\n]+)":\s?\{/g),
    },
    {
      names: ['pnpm-lock.yaml'],
      read: (text) => matches(text, /^\s{2,10}'?\/?((?:@[\w.-]+\/)?[\w.-]+)(?:[@/][^:\n]*)?'?:/gm),
    },
    { names: ['yarn.lock'], read: readYarnLock },
    { names: ['bun.lock'], read: (text) => matches(text, /"(?:[^"\n]*\/)??((?:@[^"/\n]+\/)?[^"/@\n]+)": ?\[/g) },
    { names: ['bun.lockb', 'deno.lock'], read: null },
  ],
  python: [
    {
      names: ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'],
      read: readTomlNames,
      normalize: normalizePythonName,
    },
    { names: ['Pipfile.lock'], read: (text) => new Set(namesInPipfileLock(text)), normalize: normalizePythonName },
    { names: ['pixi.lock', 'conda-lock.yml'], read: null },
  ],
  go: [{ names: ['go.sum'], read: (text) => matches(text, /^(\S+) v/gm) }],
  cargo: [{ names: ['Cargo.lock'], read: (text) => matches(text, /^name = "([^"\n]+)"/gm) }],
  maven: [],
  gradle: [{ names: ['gradle.lockfile'], read: (text) => matches(text, /^([\w.-]+:[\w.-]+):/gm) }],
  composer: [
    { names: ['composer.lock'], read: (text) => matches(text, /"name": "([^"\n]+)"/g, lower), normalize: lower },
  ],
  bundler: [{ names: ['Gemfile.lock', 'gems.locked'], read: (text) => matches(text, /^ {2,6}([\w.-]+)(?: \(|!?$)/gm) }],
  nuget: [
    { names: ['packages.lock.json'], read: (text) => matches(text, /"([\w.-]+)": \{/g, lower), normalize: lower },
  ],
};

export function lockNamesOf(ecosystem: Ecosystem): string[] {
  return FORMATS[ecosystem].flatMap((format) => format.names);
}

export const LOCK_FILE_NAMES: ReadonlySet<string> = new Set(
  Object.values(FORMATS).flatMap((formats) => formats.flatMap((format) => format.names)),
);

/** Dependencies a lock file does not hold; null when its format is not read. */
export function missingFrom(lock: LockContent, ecosystem: Ecosystem, dependencies: readonly string[]): string[] | null {
  const format = FORMATS[ecosystem].find(({ names }) => names.includes(lock.name));
  if (!format?.read) return null;
  lock.known ??= format.read(lock.text);
  const { known } = lock;
  if (known.size === 0) return dependencies.length === 0 ? [] : null;
  return dependencies.filter((name) => !known.has(format.normalize?.(name) ?? name));
}

export interface LockContent {
  name: string;
  text: string;
  /** Filled on first use: many manifests share one lock file. */
  known?: Set<string>;
}

function matches(text: string, pattern: RegExp, normalize: (name: string) => string = (name) => name): Set<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(pattern)) names.add(normalize(match[1] ?? ''));
  return names;
}

function readTomlNames(text: string): Set<string> {
  return matches(text, /^name = "([^"\n]+)"/gm, normalizePythonName);
}

function readYarnLock(text: string): Set<string> {
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith(' ') || line.startsWith('#')) continue;
    for (const part of line.split(', ')) {
      const bare = part.replace(/^"/, '');
      const at = bare.indexOf('@', 1);
      if (at > 0) names.add(bare.slice(0, at));
    }
  }
  return names;
}
