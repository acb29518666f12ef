import type { FileFact, FunctionFact, ImportFact, MentionFact } from '../facts/code';
import type { ManifestFact } from '../facts/project';
import { baseName, directoryOf, languageOfPath } from '../paths';
import { isOneShot } from '../slow-forms';

const ECMA = new Set(['typescript', 'tsx', 'javascript']);

/** Names that frameworks, bundlers and run times look for, or that are the front door of a directory. */
const ENTRY_STEM =
  /^(?:index|main|mod|lib|app|server|client|worker|sw|service-?worker|background|content|popup|preload|polyfills?|setup\w*|bootstrap|instrumentation|middleware|proxy|entry|manifest|sitemap|robots|wsgi|asgi|settings|urls|models?|admin|apps|views|signals|tasks|forms|serializers|celery|manage|gunicorn|version|_version|constants|types|globals?|env|build|setup|doc|tools|config|conf|routes?|router|handler|lambda|function|seed|test|register|hooks?|plugin|extension)(?:[-_.].*)?$|^(?:.*[-_.](?:entry|worker|plugin|loader|preset|config|setup|page|layout|route|stories|story|d|mock|migration|seed|client|server)|\+.*|_.*|__.*|\d.*)$/i;
const PRIVATE_STEM = /^_[a-z]/i;

/** Directories whose files are loaded by their place. */
const LOADED_DIRECTORIES = new Set(
  'pages app routes router api middleware middlewares plugins layouts layout locales locale lang langs i18n messages translations migrations migration versions seeds seeders seed fixtures models entities entity stories commands command management templatetags functions lambdas handlers handler workers jobs tasks events listeners subscribers controllers resolvers modules public static assets dist packaging extensions hooks templates examples generated workflows actions benches benchmarks demo playground sandbox scripts'.split(
    ' ',
  ),
);
/** With these in use nothing imports what is used. */
const LOADING_PACKAGES = new Set(
  'nuxt nuxt3 nuxi ember-source ember-cli meteor sails egg @strapi/strapi @adonisjs/core @fastify/autoload fastify-autoload require-all require-dir requireindex unplugin-auto-import unplugin-vue-components vite-plugin-pages unplugin-vue-router express-file-routing moleculer @nestjs/core webpacker @rails/webpacker @hotwired/stimulus-loading gatsby expo-router @redwoodjs/core blitz @angular/core astro @docusaurus/core next-i18next @umijs/max umi dumi'.split(
    ' ',
  ),
);

/** Who depends on one of these runs a service: nobody imports its modules from outside. */
const SERVERS = new Set('uvicorn gunicorn hypercorn daphne waitress uwsgi django celery'.split(' '));

export interface Orphans {
  judged: number;
  orphans: { path: string; kind: 'module' | 'package' }[];
}

export interface OrphanInput {
  files: readonly FileFact[];
  imports: readonly ImportFact[];
  functions: readonly FunctionFact[];
  manifests: readonly ManifestFact[];
  mentions: readonly MentionFact[];
}

/** Modules that no file imports or names and that nothing else is known to start. In doubt a module is none. */
export function findOrphans(input: OrphanInput): Orphans {
  const imported = new Set(input.imports.flatMap(({ target }) => target ?? []));
  const isNamed = mentionFinder(input.mentions);
  const asModule = modulesOf(input);
  const found: Orphans = { judged: 0, orphans: [] };
  for (const file of input.files) {
    if (!asModule(file)) continue;
    found.judged += 1;
    if (!imported.has(file.path) && !isNamed(file.path)) found.orphans.push({ path: file.path, kind: 'module' });
  }
  for (const { path, files } of goPackages(input)) {
    found.judged += 1;
    if (!files.some((file) => imported.has(file))) found.orphans.push({ path, kind: 'package' });
  }
  return found;
}

function mentionFinder(mentions: readonly MentionFact[]): (path: string) => boolean {
  const names = {
    file: new Set<string>(),
    program: new Set<string>(),
    directory: new Set<string>(),
    tree: new Set<string>(),
  };
  for (const { form, name } of mentions) if (form !== 'package') names[form].add(name);
  return (path) => {
    if (names.file.has(path) || names.program.has(path)) return true;
    const directory = directoryOf(path);
    if (names.directory.has(directory)) return true;
    for (let up = directory; up !== '.'; up = directoryOf(up)) if (names.tree.has(up)) return true;
    return names.tree.has('');
  };
}

/** Whether a file is a module that only an import can bring into use. */
function modulesOf({ manifests }: OrphanInput): (file: FileFact) => boolean {
  const manifestOf = manifestFinder(manifests);
  return ({ path, role, language, codeLines }) => {
    if (role !== 'production' || language === null || codeLines === 0 || languageOfPath(path) !== language)
      return false;
    if (language === 'rust') return isRustModule(path) && manifestOf(path, 'cargo') !== null;
    const stem = baseName(path).replace(/(?:\.d)?\.\w+$/, '');
    if (isOneShot(path)) return false;
    if (language === 'python') {
      const manifest = manifestOf(path, 'python');
      if (manifest === null || /\.pyi$/.test(path) || isLoadedByPlace(path, manifest)) return false;
      if (PRIVATE_STEM.test(stem)) return !/^_(?:version|build|static|vendor)/.test(stem);
      const isApplication = !manifest.hasDeepImports || manifest.shipped.some((name) => SERVERS.has(name));
      return isApplication && !ENTRY_STEM.test(stem);
    }
    if (!ECMA.has(language) || ENTRY_STEM.test(stem) || /\.d\.[cm]?ts$/.test(path)) return false;
    const manifest = manifestOf(path, 'npm');
    if (manifest === null || manifest.hasDeepImports || isLoadedByPlace(path, manifest)) return false;
    return !manifest.dependencies.some((name) => LOADING_PACKAGES.has(name));
  };
}

function isLoadedByPlace(path: string, manifest: ManifestFact): boolean {
  const directory = directoryOf(path);
  const root = directoryOf(manifest.path);
  // What lies beside a manifest is started by hand or by tools.
  if (directory === '.' || directory === root) return true;
  const inside = root === '.' ? directory : directory.slice(root.length + 1);
  return inside
    .split('/')
    .some((name) => LOADED_DIRECTORIES.has(name.toLowerCase()) || /^[._(@[]|[-_](?:plugins?|scripts?)$/.test(name));
}

/** Files of `src` that a `mod` must name; each file of `src/bin` is a program. */
function isRustModule(path: string): boolean {
  if (!/(?:^|\/)src\//.test(path) || /(?:^|\/)src\/bin\//.test(path)) return false;
  return !/(?:^|\/)(?:main|lib|mod|build)\.rs$/.test(path);
}

function manifestFinder(
  manifests: readonly ManifestFact[],
): (path: string, ecosystem: ManifestFact['ecosystem']) => ManifestFact | null {
  const known = new Map<string, ManifestFact>();
  for (const manifest of manifests) {
    const key = `${manifest.ecosystem}\n${directoryOf(manifest.path)}`;
    const other = known.get(key);
    // Beside a list of requirements, the file that says what the package is.
    if (!other || (manifest.name !== null && other.name === null)) known.set(key, manifest);
  }
  const cache = new Map<string, ManifestFact | null>();
  const nearest = (directory: string, ecosystem: string): ManifestFact | null => {
    const key = `${ecosystem}\n${directory}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const found = known.get(key) ?? (directory === '.' ? null : nearest(directoryOf(directory), ecosystem));
    cache.set(key, found);
    return found;
  };
  return (path, ecosystem) => nearest(directoryOf(path), ecosystem);
}

/** Packages of Go that only this module may import and that are no programs: all files of a directory count together. */
function goPackages({ files, functions }: OrphanInput): { path: string; files: string[] }[] {
  const programs = new Set(
    functions
      .filter(({ name, container, path }) => name === 'main' && container === null && path.endsWith('.go'))
      .map(({ path }) => directoryOf(path)),
  );
  const packages = new Map<string, string[]>();
  for (const { path, role, language } of files) {
    if (language !== 'go' || role !== 'production' || !/(?:^|\/)internal\//.test(path)) continue;
    const directory = directoryOf(path);
    const known = packages.get(directory);
    if (known) known.push(path);
    else packages.set(directory, [path]);
  }
  return [...packages].flatMap(([directory, paths]) => {
    const [path] = paths;
    return path === undefined ||
      programs.has(directory) ||
      paths.every((each) => /(?:^|\/)(?:doc|tools)\.go$/.test(each))
      ? []
      : [{ path, files: paths }];
  });
}
