import type { FileRole } from './facts/code';
import {
  BINARY_EXTENSIONS,
  CODE_EXTENSIONS,
  CONFIGURATION_DIRECTORIES,
  CONFIGURATION_EXTENSIONS,
  CONFIGURATION_NAMES,
  DOCUMENTATION_DIRECTORIES,
  DOCUMENTATION_EXTENSIONS,
  DOCUMENTATION_NAMES,
  FIXTURE_DIRECTORIES,
  FIXTURE_DIRECTORIES_IN_TESTS,
  GENERATED_DIRECTORIES,
  LOCK_NAMES,
  PACKAGE_ROOTS,
  SOURCE_ROOTS,
  TEST_DIRECTORIES,
  VENDORED_DIRECTORIES,
  VENDORED_NAMES,
  VENDORED_ROOTS,
} from './path-tables';

/** What `.gitattributes` says about a path; absent when it says nothing. */
export interface LinguistAttributes {
  isVendored?: boolean;
  isGenerated?: boolean;
  isDocumentation?: boolean;
}

export interface PathEvidence {
  attributes?: LinguistAttributes;
  isGenerated?: boolean;
  isBinary?: boolean;
  /** The content was read as a programming language, whatever the name says. */
  isCode?: boolean;
  /** Set when the file itself holds tests of this framework. */
  testFramework?: string | null;
}

interface PathParts {
  path: string;
  name: string;
  extension: string;
  directories: string[];
}

const GENERATED_NAME =
  /(?:[.-]min\.(?:js|mjs|cjs|css)|\.(?:js|css)\.map|\.pb\.(?:go|cc|h|swift|validate\.go|gw\.go)|_pb2(?:_grpc)?\.pyi?|_pb\.(?:js|ts|d\.ts)|\.(?:g|freezed|gr)\.dart|\.designer\.(?:cs|vb)|\.(?:g|g\.i)\.cs|[._](?:generated|gen)\.[a-z]+|^zz_generated\..+|^bindata\.go|\.tsbuildinfo|\.nocache\.js|^[0-9a-f]{32}\.cache\.js)$/;

const VENDORED_NAME =
  /^(?:jquery(?:[.-](?:\d|min|ui|slim|migrate)[^/]*)?|bootstrap(?:[.-](?:\d|min|bundle)[^/]*)?)\.(?:js|css)$/;

const TEST_NAME =
  /(?:_test\.(?:go|py|rb|rs|cc|cpp|cxx|c|dart|exs|lua)|_tests?\.(?:rs|py)|_spec\.(?:rb|lua|cr)|_unittest\.(?:cc|cpp|py)|^test_[^/]*\.(?:py|rb|c|cc|cpp|rs|sh|lua)|^conftest\.py|^tests?\.(?:py|rs)|[.-](?:test|spec|e2e|cy|bench|test-d|spec-d)\.(?:[cm]?[jt]sx?|vue|svelte|coffee)|\.bats|\.t|^test[-_]?(?:utils?|helpers?|support)\.[a-z]+)$/;

/** Scripts that run tests or benchmarks: `test.sh`, `run-tests.sh`, `benchmark-gc.sh`. */
const TEST_SCRIPT = /^(?:run[-_])?(?:tests?|bench(?:marks?)?)(?:[-_][^/]*)?\.(?:sh|bash|bat|cmd|ps1)$/;

const CAMEL_TEST_NAME =
  /(?:^Test[A-Z0-9][A-Za-z0-9]*\.java|(?:Test|Tests|TestCase|IT|Spec|Specs|Suite|Benchmark)\.(?:java|kt|kts|groovy|scala|cs|php|swift|cpp|cc|m|mm|fs|vb))$/;

const CONFIG_SCRIPT =
  /(?:\.(?:config|conf)\.(?:[cm]?[jt]s|json)|^(?:vitest|jest|vite|webpack|rollup|babel|karma|playwright)\.[a-z.-]+\.(?:[cm]?[jt]s)|^(?:tsconfig|jsconfig|appsettings|dockerfile|docker-compose|compose)[^/]*|^requirements[^/]*\.txt|^\.[^/]+)$/;

const SETTINGS_EXTENSION = /\.(?:json[5c]?|xml)$/;

/** Rules ask for the same paths over and over. */
const MAX_KNOWN_ROLES = 20_000;
const knownRoles = new Map<string, FileRole>();

/**
 * The role of a path, told by the path alone for history, and by content as well at HEAD.
 *
 * Code in test directories and benchmarks is `test`; what tests only read is `fixture`. Code in example, demo and
 * documentation directories is `documentation`: it is written to be read, and judged as production it drowns what ships.
 */
export function classifyPath(path: string, evidence?: PathEvidence): FileRole {
  if (evidence) return roleOf(path, evidence);
  let role = knownRoles.get(path);
  if (role === undefined) {
    role = roleOf(path, {});
    if (knownRoles.size === MAX_KNOWN_ROLES) knownRoles.clear();
    knownRoles.set(path, role);
  }
  return role;
}

function roleOf(path: string, evidence: PathEvidence): FileRole {
  const parts = split(path);
  const { attributes = {} } = evidence;
  if (attributes.isVendored) return 'vendored';
  if (attributes.isGenerated) return 'generated';
  if (attributes.isDocumentation) return 'documentation';
  if (LOCK_NAMES.has(parts.name)) return 'lock';
  if (isVendored(parts)) return 'vendored';
  if (evidence.isGenerated || isGenerated(parts)) return 'generated';

  const isBinary = evidence.isBinary ?? BINARY_EXTENSIONS.has(parts.extension);
  const isCode = evidence.isCode || CODE_EXTENSIONS.has(parts.extension);
  const testDepth = testDirectory(parts);
  if (isFixture(parts, testDepth, isCode)) return 'fixture';
  if (isBinary) return 'binary';
  if (isTestName(parts, path)) return 'test';
  if (testDepth >= 0) return roleInTests(parts, isCode);
  if (isConfiguration(parts)) return 'configuration';
  if (attributes.isDocumentation === undefined && isDocumentation(parts, isCode)) return 'documentation';
  if (evidence.testFramework && isCode) return 'test';
  if (isCode) return 'production';
  if (CONFIGURATION_EXTENSIONS.has(parts.extension)) return 'configuration';
  return parts.extension === 'txt' && parts.directories.length === 0 ? 'documentation' : 'data';
}

function split(path: string): PathParts {
  const directories = path.toLowerCase().split('/');
  const name = directories.pop() ?? '';
  const dot = name.lastIndexOf('.');
  return { path, name, extension: dot > 0 ? name.slice(dot + 1) : '', directories };
}

function isVendored({ name, directories }: PathParts): boolean {
  if (VENDORED_NAMES.has(name) || VENDORED_NAME.test(name)) return true;
  if (directories.some((directory) => VENDORED_DIRECTORIES.has(directory))) return true;
  if (directories[0] !== undefined && VENDORED_ROOTS.has(directories[0])) return true;
  return (
    pairIn(directories, '.yarn', 'releases plugins sdks cache unplugged') || pairIn(directories, '.mvn', 'wrapper')
  );
}

function pairIn(directories: readonly string[], first: string, seconds: string): boolean {
  const at = directories.indexOf(first);
  const next = at < 0 ? undefined : directories[at + 1];
  return next !== undefined && seconds.split(' ').includes(next);
}

function isGenerated({ name, directories }: PathParts): boolean {
  return GENERATED_NAME.test(name) || directories.some((directory) => GENERATED_DIRECTORIES.has(directory));
}

/** Depth of the first test directory, -1 for none. Below `src/main` packages may be called anything. */
function testDirectory({ path, directories }: PathParts): number {
  const main = directories.findIndex((name, at) => name === 'main' && directories[at - 1] === 'src');
  const written = path.split('/');
  return directories
    .slice(0, main < 0 ? directories.length : main - 1)
    .findIndex(
      (name, at) =>
        TEST_DIRECTORIES.has(name) ||
        /[a-z0-9](?:UI|Unit|Integration|Functional)?Tests$/.test(written[at] ?? '') ||
        (directories[at - 1] === 'src' && /^[a-z]+(?:[A-Z][a-z0-9]*)*Test$/.test(written[at] ?? '')) ||
        /[._-]test(?:ing)?[._-]?(?:support|utils?|helpers?|kit)$/.test(name) ||
        /^(?!.*(?:latest|contest|attest)s?$).*[._-](?:unit|integration|functional)?tests?$/.test(name),
    );
}

function isFixture(parts: PathParts, testDepth: number, isCode: boolean): boolean {
  const { name, directories, extension, path } = parts;
  if (extension === 'snap' || name.endsWith('.golden')) return true;
  if (directories.some((directory) => FIXTURE_DIRECTORIES.has(directory))) return true;
  if (testDepth < 0 || isTestName(parts, path)) return false;
  // `src/test/java` is followed by the names of packages.
  if (isCode && PACKAGE_ROOTS.has(directories[testDepth + 1] ?? '')) return false;
  return directories.slice(testDepth + 1).some((directory) => FIXTURE_DIRECTORIES_IN_TESTS.has(directory));
}

function isTestName({ name, directories }: PathParts, path: string): boolean {
  if (TEST_NAME.test(name) || TEST_SCRIPT.test(name)) return true;
  if (directories.includes('main')) return false;
  return CAMEL_TEST_NAME.test(path.slice(path.lastIndexOf('/') + 1));
}

function roleInTests(parts: PathParts, isCode: boolean): FileRole {
  if (isCode) return 'test';
  if (DOCUMENTATION_NAMES.test(parts.name)) return 'documentation';
  return isConfiguration(parts) ? 'configuration' : 'fixture';
}

function isConfiguration({ name, directories, extension }: PathParts): boolean {
  if (CONFIGURATION_NAMES.has(name) || CONFIG_SCRIPT.test(name)) return true;
  if (SETTINGS_EXTENSION.test(name) && directories.some((directory) => CONFIGURATION_DIRECTORIES.has(directory)))
    return true;
  const isHidden = directories.some((directory) => directory.startsWith('.'));
  return isHidden && !DOCUMENTATION_EXTENSIONS.has(extension) && !BINARY_EXTENSIONS.has(extension);
}

function isDocumentation({ name, directories, extension }: PathParts, isCode: boolean): boolean {
  if (DOCUMENTATION_EXTENSIONS.has(extension)) return true;
  if (!isCode && DOCUMENTATION_NAMES.test(name)) return true;
  for (const directory of directories) {
    if (SOURCE_ROOTS.has(directory)) return false;
    if (DOCUMENTATION_DIRECTORIES.has(directory)) return true;
  }
  return false;
}
