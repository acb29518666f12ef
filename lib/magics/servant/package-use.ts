import type { ImportFact, MentionFact } from '../facts/code';
import type { DependencyFact, ManifestFact } from '../facts/project';
import { directoryOf, languageOfPath } from '../paths';

/** A package under the name it is imported by. */
export interface PackageUse {
  name: string;
  path: string;
  line: number;
}

const ECMA = new Set(['typescript', 'tsx', 'javascript']);
const NODE_MODULES = new Set(
  'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl sqlite stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib'.split(
    ' ',
  ),
);
const PACKAGE = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;

const plain = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

/** Name of the npm package a specifier asks for; null for files, aliases and what comes with Node. */
export function npmPackageOf(specifier: string): string | null {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return PACKAGE.test(name) && !NODE_MODULES.has(name) ? name : null;
}

function packageOf({ path, specifier, target }: ImportFact): { ecosystem: 'npm' | 'python'; name: string } | null {
  const language = languageOfPath(path);
  if (target !== null || language === null) return null;
  if (ECMA.has(language)) {
    const name = npmPackageOf(specifier);
    return name === null ? null : { ecosystem: 'npm', name };
  }
  if (language !== 'python' || specifier.startsWith('.')) return null;
  return { ecosystem: 'python', name: plain(specifier.split('.')[0] ?? '') };
}

/** Parts of a framework that its own documents import by their own names, by the package that brings them. */
const PARTS: Readonly<Record<string, RegExp>> = {
  nuxt: /^(?:vue|vue-router|h3|ofetch|nitropack|@vue\/.*|@unhead\/vue|@nuxt\/.*|vue-i18n)$/,
  vue: /^@vue\//,
  next: /^(?:react|react-dom|@next\/.*)$/,
  'react-scripts': /^(?:webpack|@babel\/.*)$/,
  '@nestjs/platform-express': /^express$/,
  '@sveltejs/kit': /^(?:svelte|vite)$/,
  vitest: /^(?:vite|@vitest\/.*)$/,
  'eslint-plugin-import': /^eslint$/,
  tailwindcss: /^postcss$/,
  'prosemirror-view': /^prosemirror-/,
  '@tiptap/pm': /^prosemirror-/,
  '@tiptap/core': /^prosemirror-/,
  fastapi: /^(?:starlette|pydantic)$/,
  pydantic: /^pydantic-core$/,
  flask: /^(?:werkzeug|jinja2|click|markupsafe|itsdangerous|blinker)$/,
  django: /^(?:asgiref|sqlparse)$/,
  requests: /^urllib3$/,
  aiohttp: /^(?:yarl|multidict)$/,
  httpx: /^(?:httpcore|h11)$/,
  celery: /^(?:kombu|billiard|vine)$/,
  ansible: /^ansible-core$/,
  boto3: /^(?:botocore|s3transfer)$/,
  pandas: /^(?:numpy|dateutil|pytz)$/,
  pytest: /^(?:-pytest|pluggy|iniconfig)$/,
  'scikit-learn': /^(?:numpy|scipy|joblib)$/,
};

const isAbove = (directory: string, path: string) => directory === '.' || path.startsWith(`${directory}/`);

/**
 * Packages that code which ships imports, that a lock file knows only because another package asked for them, and that no
 * manifest above the file names: the next update of that other package may take them away.
 */
export function undeclaredPackages(
  imports: readonly ImportFact[],
  manifests: readonly ManifestFact[],
  dependencies: readonly DependencyFact[],
): { used: number; undeclared: PackageUse[] } {
  const own = new Set(manifests.flatMap(({ name }) => (name === null ? [] : [plain(name), name])));
  const locked = lockedNames(dependencies);
  const declaredAt = new Map<string, boolean>();
  const first = new Map<string, PackageUse & { isDeclared: boolean }>();
  for (const row of imports) {
    if (row.role !== 'production' || row.isTypeOnly || /\.d\.[cm]?ts$|\.pyi$/.test(row.path)) continue;
    const found = packageOf(row);
    if (!found || own.has(found.name)) continue;
    const { ecosystem, name } = found;
    const lock = locked.get(`${ecosystem}\n${name}`);
    if (!lock) continue;
    const place = `${ecosystem}\n${name}\n${directoryOf(row.path)}`;
    const isDeclared = declaredAt.get(place) ?? isDeclaredAbove(row.path, ecosystem, name, manifests, lock);
    declaredAt.set(place, isDeclared);
    const key = `${ecosystem}\n${name}\n${isDeclared}`;
    if (!first.has(key)) first.set(key, { name, path: row.path, line: row.line, isDeclared });
  }
  const uses = [...first.values()];
  return { used: uses.length, undeclared: uses.filter(({ isDeclared }) => !isDeclared) };
}

interface LockedName {
  /** Directories of lock files that know it. */
  directories: Set<string>;
  isDirect: boolean;
}

function lockedNames(dependencies: readonly DependencyFact[]): Map<string, LockedName> {
  const names = new Map<string, LockedName>();
  for (const { ecosystem, name, path, isDirect } of dependencies) {
    if (ecosystem !== 'npm' && ecosystem !== 'python') continue;
    const key = `${ecosystem}\n${ecosystem === 'python' ? plain(name) : name}`;
    const known = names.get(key) ?? { directories: new Set(), isDirect: false };
    known.directories.add(directoryOf(path));
    known.isDirect ||= isDirect;
    names.set(key, known);
  }
  return names;
}

function isDeclaredAbove(
  path: string,
  ecosystem: 'npm' | 'python',
  name: string,
  manifests: readonly ManifestFact[],
  lock: LockedName,
): boolean {
  if (ecosystem === 'python' && lock.isDirect) return true;
  if (![...lock.directories].some((directory) => isAbove(directory, path))) return true;
  const above = manifests.filter(
    (manifest) =>
      manifest.ecosystem === ecosystem && (ecosystem === 'python' || isAbove(directoryOf(manifest.path), path)),
  );
  const isNamed = (list: readonly string[]) =>
    list.some(
      (each) => each === name || each === `@types/${name}` || (Object.hasOwn(PARTS, each) && PARTS[each]?.test(name)),
    );
  return above.length === 0 || above.some(({ dependencies, peers }) => isNamed(dependencies) || isNamed(peers));
}

/** Needed by other packages, by the run time or by a bundler, without an import of their own. */
const IMPLIED_NPM =
  /^@types\/|^(?:react-dom|react|react-native.*|tslib|core-js|regenerator-runtime|@babel\/.*|@swc\/.*|@emotion\/.*|@mui\/styled.*|sharp|typescript|ts-node|tsx|source-map-support|pg|pg-.*|mysql2?|sqlite3|better-sqlite3|tedious|oracledb|mongodb|ioredis|redis|prisma|@prisma\/.*|pino-pretty|reflect-metadata|rxjs|zone\.js|encoding|bufferutil|utf-8-validate|canvas|jsdom|sass|sass-embedded|less|stylus|postcss.*|autoprefixer|tailwindcss|graphql|google-protobuf|zod|webpack.*|vite|rollup|esbuild|next|nodemon|pm2|concurrently|cross-env|dotenv-cli|npm-run-all2?|rimraf|husky|node-gyp|node-pre-gyp|bcrypt|argon2|aws-sdk|@aws-sdk\/.*|jquery|bootstrap|popper\.js|@popperjs\/core|date-fns|moment|luxon|dayjs|node-fetch|whatwg-fetch|isomorphic-fetch|buffer|process|util|stream-.*|.*-browserify|.*polyfill.*)$|(?:^|[-/])(?:loader|plugin|preset|adapter|driver|dialect|transport|theme|types?|icons?|fonts?|css|styles?|cli|bin|locales?|i18n|parser|server|worker|binding|native)s?(?:[-/]|$)|^eslint|^@fontsource/;

const IMPLIED_PYTHON =
  /^(?:pip|setuptools|wheel|build|twine|gunicorn|uvicorn|hypercorn|daphne|waitress|uwsgi|alembic|psycopg.*|asyncpg|aiosqlite|aiomysql|asyncmy|mysqlclient|pymysql|cx-oracle|oracledb|pyodbc|redis|hiredis|paho-mqtt|python-multipart|multipart|email-validator|bcrypt|argon2-cffi|cryptography|pyopenssl|tzdata|tzlocal|certifi|uvloop|httptools|watchfiles|orjson|ujson|lxml|html5lib|openpyxl|xlrd|xlsxwriter|pyarrow|fastparquet|tabulate|h2|brotli.*|zstandard|typing-extensions|importlib-.*|backports.*|colorama|greenlet|gevent|eventlet|greenlet|pysocks|itsdangerous|jinja2|markupsafe|werkzeug|blinker|six|future|urllib3|idna|chardet|charset-normalizer|pytest.*|black|ruff|mypy|flake8.*|isort|coverage|tox|nox|pre-commit|sphinx.*|mkdocs.*|ipython|jupyter.*|ipykernel|notebook|matplotlib|torch.*|tensorflow.*|nvidia-.*|cuda-.*|async-timeout|pywin32|pyreadline3?|pillow-.*|types-.*|.*-stubs|.*plugins?.*|django.*|flask-.*|opentelemetry-.*|google-.*|azure-.*|protobuf|grpcio.*)$/;

/** Import names that share no letters with the name in the index. */
const IMPORTED_AS: Readonly<Record<string, readonly string[]>> = {
  beautifulsoup4: ['bs4'],
  pillow: ['pil'],
  'opencv-python': ['cv2'],
  'opencv-python-headless': ['cv2'],
  'scikit-learn': ['sklearn'],
  'scikit-image': ['skimage'],
  djangorestframework: ['rest-framework'],
  pycryptodome: ['crypto'],
  pycryptodomex: ['cryptodome'],
  'python-jose': ['jose'],
  attrs: ['attr'],
  pyobjc: ['objc', 'foundation'],
};

/** Names of Python are compared each with each. */
const MAX_PAIRS = 2_000_000;

export interface Unused {
  judged: number;
  unused: { manifest: string; name: string }[];
}

/** Packages the product asks for that no file imports and no text names. In doubt a package is used. */
export function unusedPackages(
  imports: readonly ImportFact[],
  manifests: readonly ManifestFact[],
  mentions: readonly MentionFact[],
): Unused {
  const named = new Set(mentions.flatMap(({ form, name }) => (form === 'package' ? [name] : [])));
  const used = { npm: new Set<string>(), python: new Set<string>() };
  for (const row of imports) {
    const language = languageOfPath(row.path);
    if (language === 'python') used.python.add(plain(row.specifier.split('.')[0] ?? ''));
    else if (language !== null && ECMA.has(language)) used.npm.add(npmPackageOf(row.specifier) ?? '');
  }
  const tops = [...used.python].filter((name) => name.length >= 2);
  const found: Unused = { judged: 0, unused: [] };
  for (const { path, ecosystem, name: owner, shipped, peers } of manifests) {
    // Lists without a name often pin what others ask for.
    if ((ecosystem !== 'npm' && ecosystem !== 'python') || owner === null) continue;
    if (used[ecosystem].size === 0 || (ecosystem === 'python' && shipped.length * tops.length > MAX_PAIRS)) continue;
    for (const name of shipped) {
      if ((ecosystem === 'npm' ? IMPLIED_NPM : IMPLIED_PYTHON).test(name) || peers.includes(name)) continue;
      found.judged += 1;
      const isUsed =
        named.has(name) || (ecosystem === 'npm' ? used.npm.has(name) : tops.some((top) => isSame(name, top)));
      if (!isUsed) found.unused.push({ manifest: path, name });
    }
  }
  return found;
}

/** `pyyaml` is imported as `yaml`, `python-dateutil` as `dateutil`: a common part is enough. */
function isSame(name: string, top: string): boolean {
  if (IMPORTED_AS[name]?.includes(top)) return true;
  const [long, short] = [name.replaceAll('-', ''), top.replaceAll('-', '')];
  return short.length >= 3 ? long.includes(short) || (long.length >= 3 && short.includes(long)) : long === short;
}
