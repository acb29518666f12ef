import type { ManifestFact } from '@/lib/magics/facts/project';
import type { ManifestDraft, ManifestReader } from './manifests/draft';
import { LOCK_FILE_NAMES, type LockContent, lockNamesOf, missingFrom } from './manifests/locks';
import { readPackageJson } from './manifests/npm';
import {
  readCargoToml,
  readComposerJson,
  readCsproj,
  readGemfile,
  readGoMod,
  readGradle,
  readPom,
} from './manifests/other-ecosystems';
import { readPipfile, readPyproject, readRequirements, readSetupPy } from './manifests/python';
import { joinPath, nameOf, type ProjectText, parentPath } from './project-text';

const READERS: ReadonlyMap<string, ManifestReader> = new Map<string, ManifestReader>([
  ['package.json', readPackageJson],
  ['pyproject.toml', readPyproject],
  ['requirements.txt', readRequirements],
  ['Pipfile', readPipfile],
  ['setup.py', readSetupPy],
  ['go.mod', readGoMod],
  ['Cargo.toml', readCargoToml],
  ['composer.json', readComposerJson],
  ['Gemfile', readGemfile],
  ['build.gradle', readGradle],
  ['build.gradle.kts', readGradle],
  ['pom.xml', readPom],
]);

const VERSION_FILES: Partial<Record<ManifestFact['ecosystem'], readonly string[]>> = {
  npm: ['.nvmrc', '.node-version'],
  python: ['.python-version', 'runtime.txt'],
  cargo: ['rust-toolchain', 'rust-toolchain.toml'],
  bundler: ['.ruby-version'],
  maven: ['.java-version', '.sdkmanrc'],
  gradle: ['.java-version', '.sdkmanrc'],
  nuget: ['global.json'],
};

const VERSION_MANAGERS = ['.tool-versions', 'mise.toml', '.mise.toml'];

const MAX_MANIFEST_CHARACTERS = 512_000;
const MAX_MANIFESTS = 2_000;

export function isManifestFile(path: string): boolean {
  const name = nameOf(path);
  return READERS.has(name) || name.endsWith('.csproj') || LOCK_FILE_NAMES.has(name);
}

/** Manifests with the lock file nearest above each. `hasPath` also knows lock files too large to read. */
export function readManifests(texts: readonly ProjectText[], hasPath: (path: string) => boolean): ManifestFact[] {
  const locks = new Map<string, LockContent>();
  for (const { path, text } of texts) {
    if (LOCK_FILE_NAMES.has(nameOf(path))) locks.set(path, { name: nameOf(path), text });
  }
  const drafts = texts.slice(0, MAX_MANIFESTS).flatMap((file) => {
    const draft = readDraft(file, hasPath);
    return draft ? [{ path: file.path, draft }] : [];
  });
  const ownNames = new Set(drafts.flatMap(({ draft }) => draft.name ?? []));
  const pinned = new Set(
    drafts.flatMap(({ path, draft }) => (draft.isRuntimePinned ? [pinKey(draft, parentPath(path))] : [])),
  );
  return drafts
    .filter(({ path, draft }) => !isShadowed(path, draft, drafts))
    .map(({ path, draft }) => completed(path, draft, { locks, ownNames, pinned, hasPath }));
}

function readDraft({ path, text }: ProjectText, hasPath: (path: string) => boolean): ManifestDraft | null {
  const name = nameOf(path);
  const reader = READERS.get(name) ?? (name.endsWith('.csproj') ? readCsproj : undefined);
  if (!reader || text.length > MAX_MANIFEST_CHARACTERS) return null;
  return reader(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, { directory: parentPath(path), hasPath });
}

/** `pyproject.toml` speaks for the `setup.py` beside it. */
function isShadowed(
  path: string,
  draft: ManifestDraft,
  drafts: readonly { path: string; draft: ManifestDraft }[],
): boolean {
  if (nameOf(path) !== 'setup.py' || draft.ecosystem !== 'python') return false;
  const better = joinPath(parentPath(path), 'pyproject.toml');
  return drafts.some((other) => other.path === better);
}

interface Surroundings {
  locks: ReadonlyMap<string, LockContent>;
  ownNames: ReadonlySet<string>;
  /** `pinKey` of the manifests that pin the run-time version. */
  pinned: ReadonlySet<string>;
  hasPath: (path: string) => boolean;
}

function pinKey({ ecosystem }: ManifestDraft, directory: string): string {
  return `${ecosystem}:${directory}`;
}

/** Parents of Maven modules and roots of workspaces pin for what lies below them. */
function isPinnedAbove(path: string, draft: ManifestDraft, pinned: ReadonlySet<string>): boolean {
  for (let directory = parentPath(path); ; directory = parentPath(directory)) {
    if (pinned.has(pinKey(draft, directory))) return true;
    if (directory === '') return false;
  }
}

function completed(
  path: string,
  draft: ManifestDraft,
  { locks, ownNames, pinned, hasPath }: Surroundings,
): ManifestFact {
  const { local = [], isSelfLocked = false, ...fields } = draft;
  const lockFile = nearest(path, lockNamesOf(draft.ecosystem), hasPath) ?? (isSelfLocked ? path : null);
  const lock = lockFile === null ? undefined : locks.get(lockFile);
  const compared = draft.dependencies.filter((name) => !local.includes(name) && !ownNames.has(name));
  const versionFiles = [...(VERSION_FILES[draft.ecosystem] ?? []), ...VERSION_MANAGERS];
  return {
    path,
    shipped: [],
    peers: [],
    hasDeepImports: draft.isLibrary,
    ...fields,
    lockFile,
    missingFromLock: lock ? missingFrom(lock, draft.ecosystem, compared) : null,
    isRuntimePinned: isPinnedAbove(path, draft, pinned) || nearest(path, versionFiles, hasPath) !== null,
  };
}

/** The first of the names beside a path, else above it. */
function nearest(path: string, names: readonly string[], hasPath: (path: string) => boolean): string | null {
  for (let directory = parentPath(path); ; directory = parentPath(directory)) {
    for (const name of names) if (hasPath(joinPath(directory, name))) return joinPath(directory, name);
    if (directory === '') return null;
  }
}
