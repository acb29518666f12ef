import type { FileFact, FunctionFact, ImportFact, LanguageId } from '../facts/code';
import type { ManifestFact } from '../facts/project';
import { baseName, directoryOf, isScriptPath, languageOfPath } from '../paths';

const ECOSYSTEM: Partial<Record<LanguageId, readonly ManifestFact['ecosystem'][]>> = {
  typescript: ['npm'],
  tsx: ['npm'],
  javascript: ['npm'],
  python: ['python'],
  go: ['go'],
  java: ['maven', 'gradle'],
  kotlin: ['maven', 'gradle'],
  rust: ['cargo'],
  csharp: ['nuget'],
  ruby: ['bundler'],
  php: ['composer'],
};
const INTERNAL =
  /(?:^|\/)(?:internals?|impl|private|_[^/]*|\.[^/]*|examples?|samples?|demos?|migrations?|alembic|build-?src|generators?|codegen)\//i;
/** What is put into an image is run, not imported. */
const CONTAINER_FILE = /^(?:docker|container)file$/i;
const PRIVATE_FILE = /^_(?!_init__\.py$)|^(?:main|setup|conftest)\.|_?internal\./i;
const INDEX = /^(?:index|mod|main|public[-_]api)\.[cm]?[jt]sx?$/;
const ECMA = new Set<LanguageId | null>(['typescript', 'tsx', 'javascript']);
/** What a reader knows from the language or its standard interfaces. */
const WELL_KNOWN =
  /^(?:main|init|setUp|tearDown|toString|equals|hashCode|compareTo|clone|close|ToString|Equals|GetHashCode|Dispose|String|Error|GoString|Len|Less|Swap|Push|Pop|Unwrap|Is|As|Read|Write|Close|MarshalJSON|UnmarshalJSON|MarshalText|UnmarshalText|ServeHTTP|Scan|Value|to_s|inspect|initialize|each|call|hash|new|default|fmt|from|drop|next|iterator|toJSON)$/;
const ACCESSOR = /^(?:get|set|is|has|with)(?=[A-Z_])/;
const MAX_ACCESSOR_LINES = 4;

export interface ApiFacts {
  files: readonly FileFact[];
  functions: readonly FunctionFact[];
  imports: readonly ImportFact[];
  manifests: readonly ManifestFact[];
}

/** Does a library hold JavaScript functions, and none that is seen to leave its file? */
export function hasUnreadExports({ files, functions, imports, manifests }: ApiFacts): boolean {
  const isOffered = offeredPaths(files, imports, manifests);
  const offered = functions.filter(
    ({ role, path }) => role === 'production' && ECMA.has(languageOfPath(path)) && isOffered(path),
  );
  return offered.length > 0 && !offered.some(({ isExported }) => isExported);
}

/** Functions that a library offers to others and whose use their name alone does not tell. */
export function publicFunctions({ files, functions, imports, manifests }: ApiFacts): FunctionFact[] {
  const isOffered = offeredPaths(files, imports, manifests);
  return functions.filter(
    (fn) =>
      fn.role === 'production' &&
      fn.isExported &&
      !fn.isOverride &&
      (fn.kind === 'function' || fn.kind === 'method') &&
      (fn.body === 'normal' || fn.body === 'not-implemented') &&
      !WELL_KNOWN.test(fn.name) &&
      !(ACCESSOR.test(fn.name) && fn.codeLines <= MAX_ACCESSOR_LINES) &&
      isOffered(fn.path) &&
      // A method of a Go type that other packages cannot name.
      !(fn.container !== null && fn.path.endsWith('.go') && /^\p{Ll}/u.test(fn.container)),
  );
}

function offeredPaths(
  files: ApiFacts['files'],
  imports: ApiFacts['imports'],
  manifests: ApiFacts['manifests'],
): (path: string) => boolean {
  const indexes = new Set(
    files.filter(({ path, role }) => role === 'production' && INDEX.test(baseName(path))).map(({ path }) => path),
  );
  const reexported = new Set(
    imports.flatMap(({ path, target }) => (target !== null && indexes.has(path) ? [target] : [])),
  );
  const services = new Set(
    files
      .filter(({ path }) => CONTAINER_FILE.test(baseName(path)))
      .map(({ path }) => directoryOf(path.replace(/(^|\/)docker\/(?=[^/]*$)/i, '$1'))),
  );
  const owners = manifests.map(({ path, ecosystem, isLibrary }) => ({
    directory: directoryOf(path),
    ecosystem,
    isLibrary: isLibrary && !services.has(directoryOf(path)),
  }));
  const isLibraryPath = (path: string, language: LanguageId): boolean => {
    const nearest = owners
      .filter(({ directory, ecosystem }) => {
        const isOwn = ECOSYSTEM[language]?.includes(ecosystem) === true;
        return isOwn && (directory === '.' || path.startsWith(`${directory}/`));
      })
      .sort((a, b) => b.directory.length - a.directory.length || Number(b.isLibrary) - Number(a.isLibrary))[0];
    return nearest?.isLibrary === true;
  };
  const known = new Map<string, boolean>();
  return (path) => {
    const earlier = known.get(path);
    if (earlier !== undefined) return earlier;
    const language = languageOfPath(path);
    const isHidden = INTERNAL.test(path) || PRIVATE_FILE.test(baseName(path)) || isScriptPath(path);
    // Modules that no index names are parts, not the interface.
    const isPart = ECMA.has(language) && indexes.size > 0 && !indexes.has(path) && !reexported.has(path);
    const answer = language !== null && !isHidden && !isPart && isLibraryPath(path, language);
    known.set(path, answer);
    return answer;
  };
}
