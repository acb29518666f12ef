import type { DependencyFact, LockFileFact, ManifestFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { readCargoLock } from './dependencies/cargo-lock';
import { readComposerLock } from './dependencies/composer-lock';
import { readGemfileLock } from './dependencies/gemfile-lock';
import { readGoModules, readGoSum } from './dependencies/go-modules';
import { readGradleLock } from './dependencies/gradle-lock';
import type { LockedPackage, LockReader } from './dependencies/locked-package';
import { readPomVersions } from './dependencies/maven-pom';
import { readPackageLock } from './dependencies/npm-lock';
import { readNugetLock } from './dependencies/nuget-lock';
import { readPnpmLock } from './dependencies/pnpm-lock';
import {
  isRequirementsFile,
  readPipfileLock,
  readPoetryLock,
  readPylock,
  readRequirementPins,
  readUvLock,
} from './dependencies/python-locks';
import { readYarnLock } from './dependencies/yarn-lock';
import { isOfProduct } from './product-files';
import { joinPath, nameOf, type ProjectText, parentPath } from './project-text';

type Ecosystem = ManifestFact['ecosystem'];

interface LockKind {
  ecosystem: Ecosystem;
  /** null: the format is known and not read. */
  read: LockReader | null;
  /** Names a manifest beside it may have. */
  manifests: readonly string[];
}

const npm = (read: LockKind['read']): LockKind => ({ ecosystem: 'npm', read, manifests: ['package.json'] });
const python = (read: LockKind['read'], ...manifests: string[]): LockKind => ({ ecosystem: 'python', read, manifests });

const KINDS: ReadonlyMap<string, LockKind> = new Map<string, LockKind>([
  ['package-lock.json', npm(readPackageLock)],
  ['npm-shrinkwrap.json', npm(readPackageLock)],
  ['pnpm-lock.yaml', npm(readPnpmLock)],
  ['yarn.lock', npm(readYarnLock)],
  ['bun.lock', npm(null)],
  ['bun.lockb', npm(null)],
  ['poetry.lock', python(readPoetryLock, 'pyproject.toml')],
  ['pdm.lock', python(readPoetryLock, 'pyproject.toml')],
  ['uv.lock', python(readUvLock, 'pyproject.toml')],
  ['pylock.toml', python(readPylock, 'pyproject.toml')],
  ['Pipfile.lock', python(readPipfileLock, 'Pipfile')],
  ['go.mod', { ecosystem: 'go', read: readGoModules, manifests: ['go.mod'] }],
  ['go.sum', { ecosystem: 'go', read: readGoSum, manifests: ['go.mod'] }],
  ['Cargo.lock', { ecosystem: 'cargo', read: readCargoLock, manifests: ['Cargo.toml'] }],
  ['composer.lock', { ecosystem: 'composer', read: readComposerLock, manifests: ['composer.json'] }],
  ['Gemfile.lock', { ecosystem: 'bundler', read: readGemfileLock, manifests: ['Gemfile'] }],
  ['gems.locked', { ecosystem: 'bundler', read: readGemfileLock, manifests: ['gems.rb'] }],
  ['gradle.lockfile', { ecosystem: 'gradle', read: readGradleLock, manifests: ['build.gradle', 'build.gradle.kts'] }],
  ['packages.lock.json', { ecosystem: 'nuget', read: readNugetLock, manifests: [] }],
  ['pom.xml', { ecosystem: 'maven', read: readPomVersions, manifests: ['pom.xml'] }],
]);

const REQUIREMENTS = python(readRequirementPins);

/** Files that state versions without being there for it: they count where they state one. */
const IS_MANIFEST_TOO = new Set<LockReader | null>([readGoModules, readGoSum, readPomVersions, readRequirementPins]);

const MAX_ROWS = 20_000;
const MAX_LOCK_FILES = 500;
const MAX_NAME = 300;
const MAX_VERSION = 100;
const MAX_LICENCE = 200;

/** Must the text of this path be given to `readDependencies`, though no other reader asks for it? */
export function isDependencyFile(path: string): boolean {
  return kindOf(path) !== null;
}

export interface DependencyTables {
  dependencies: DependencyFact[];
  lockFiles: LockFileFact[];
}

/** Exact versions of all packages that lock files name. `paths` also holds files too large to read. */
export function readDependencies(texts: readonly ProjectText[], paths: ReadonlySet<string>): DependencyTables {
  const known = new Map(texts.map((file) => [file.path, file]));
  const lockPaths = [...paths]
    .filter((path) => kindOf(path) !== null && isOfProduct(path))
    .sort(compareText)
    .slice(0, MAX_LOCK_FILES);
  const rows: DependencyFact[] = [];
  const lockFiles: LockFileFact[] = [];
  for (const path of lockPaths) {
    const kind = kindOf(path);
    const file = known.get(path);
    if (!kind) continue;
    const siblings = kind.ecosystem === 'maven' ? texts : below(parentPath(path), texts);
    const found = file && kind.read ? kind.read({ ...file, siblings }) : null;
    if (found?.length === 0 && IS_MANIFEST_TOO.has(kind.read)) continue;
    const packages = found ? toRows(path, kind, found, paths) : [];
    const kept = packages.slice(0, Math.max(0, MAX_ROWS - rows.length));
    rows.push(...kept);
    const state = found === null ? 'unread' : kept.length < packages.length ? 'cut' : 'read';
    lockFiles.push({ path, ecosystem: kind.ecosystem, packages: kept.length, state });
  }
  return { dependencies: rows.sort(byIdentity), lockFiles };
}

function kindOf(path: string): LockKind | null {
  return KINDS.get(nameOf(path)) ?? (isRequirementsFile(path) ? REQUIREMENTS : null);
}

function below(directory: string, texts: readonly ProjectText[]): ProjectText[] {
  return directory === '' ? [...texts] : texts.filter(({ path }) => path.startsWith(`${directory}/`));
}

function toRows(
  path: string,
  { ecosystem, manifests }: LockKind,
  found: readonly LockedPackage[],
  paths: ReadonlySet<string>,
): DependencyFact[] {
  const beside = manifests.map((name) => joinPath(parentPath(path), name)).find((manifest) => paths.has(manifest));
  const rows = new Map<string, DependencyFact>();
  for (const { name, version, line, isDirect, isDevelopment, licence, ...row } of found) {
    if (name === '' || name.length > MAX_NAME || version.length > MAX_VERSION) continue;
    const manifest = row.manifest !== undefined && paths.has(row.manifest) ? row.manifest : null;
    const key = `${name}\n${version}`;
    const earlier = rows.get(key);
    // The same version may lie in several places: it ships when one of them ships.
    rows.set(key, {
      path,
      line: earlier?.line ?? line,
      ecosystem,
      name,
      version,
      isDirect: isDirect || (earlier?.isDirect ?? false),
      isDevelopment: isDevelopment && (earlier?.isDevelopment ?? true),
      manifest: (earlier?.isDirect ? earlier.manifest : null) ?? manifest ?? beside ?? null,
      licence: licence?.slice(0, MAX_LICENCE) ?? earlier?.licence ?? null,
    });
  }
  return [...rows.values()];
}

function byIdentity(a: DependencyFact, b: DependencyFact): number {
  return (
    compareText(a.ecosystem, b.ecosystem) ||
    compareText(a.name, b.name) ||
    compareText(a.version, b.version) ||
    compareText(a.path, b.path)
  );
}
