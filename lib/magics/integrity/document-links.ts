import { classifyPath } from '../classify-path';
import type { FileFact } from '../facts/code';
import type { DocumentFact, ManifestFact } from '../facts/project';
import { baseName, directoryOf, extensionOf } from '../paths';

/** Where a link or a command of a document leads at the audited commit; null when that cannot be told. */

/** Pages record what was true when they were written. */
const RECORD =
  /(?:^|\/)(?:changelogs?|changes|history|news|releases?|release[-_]notes|whats?[-_]?new|_posts|posts?|blog|archive[ds]?|legacy|migrations?)(?:[-_.\d][^/]*)?(?:\/|$)/i;
/** Written to be copied elsewhere, or never seen where it lies. */
const COPIED =
  /(?:^|\/)(?:templates?|skeletons?|scaffolds?|boilerplates?|stubs?|cookiecutter[^/]*|_includes?|snippets?|partials?|i18n|locales?)(?:\/|$)|(?:^|\/)(?:issue|pull_request|merge_request)_templates?(?:[./]|$)/i;
/** Readers of the project's own pages, not of a site that is built from them. */
const HOST_PAGE =
  /^(?:(?:\.github|\.gitlab|docs)\/)?(?:readme|contributing|security|support|code_of_conduct|governance|maintainers|roadmap|development|developing|hacking|agents|claude)(?:[._-][^/]*)?\.(?:md|markdown)$/i;
const SITE_FILES =
  /(?:^|\/)(?:mkdocs\.ya?ml|docusaurus\.config\.[cm]?[jt]s|_config\.ya?ml|_quarto\.yml|book\.toml|conf\.py|hugo\.(?:toml|ya?ml)|antora\.yml|\.vitepress\/config\.[cm]?[jt]s|\.vuepress\/config\.[cm]?[jt]s|astro\.config\.[cm]?[jt]s|_sidebar\.md|SUMMARY\.md)$/;
const PAGE_EXTENSIONS = ['md', 'mdx', 'markdown'];

interface Tree {
  has(path: string): boolean;
  /** Below it nothing is known: a submodule or a link. */
  isOpaque(path: string): boolean;
  isSite(path: string): boolean;
}

export function treeOf(files: readonly FileFact[]): Tree {
  const known = new Set<string>();
  const opaque = new Set<string>();
  const sites: string[] = [];
  for (const { path, mode } of files) {
    if (mode === '160000' || mode === '120000') opaque.add(path);
    const site = SITE_FILES.exec(path);
    if (site) sites.push(siteRoot(path));
    for (let each = path; each !== '.' && !known.has(each); each = directoryOf(each)) known.add(each);
  }
  return {
    has: (path) => known.has(path),
    isOpaque(path) {
      for (let each = path; each !== '.'; each = directoryOf(each)) if (opaque.has(each)) return true;
      return false;
    },
    isSite: (path) => sites.some((root) => path.startsWith(root)),
  };
}

/** A site made by a file in the root is built from `docs`. */
function siteRoot(path: string): string {
  const directory = directoryOf(path.replace(/\/\.(?:vite|vue)press\/[^/]+$/, '/x'));
  if (directory === '.') return baseName(path) === '_config.yml' ? '_' : 'docs/';
  return `${directory}/`;
}

/** Is the page one whose links a reader of the repository follows today? */
export function isJudgedPage(path: string): boolean {
  return classifyPath(path) === 'documentation' && !RECORD.test(path) && !COPIED.test(path);
}

/** Whether a relative link leads somewhere; null when only a built site could tell. */
export function leadsSomewhere(page: string, target: string, tree: Tree): boolean | null {
  const isHostPage = HOST_PAGE.test(page);
  // Of a site in the root, and of a site below, such a path begins at the address of the site.
  if (target.startsWith('/') && (!isHostPage || tree.has('_config.yml'))) return null;
  const path = resolvePath(target.startsWith('/') ? '.' : directoryOf(page), target);
  // Above the root lie pages of the host: `../../issues`.
  if (path === null || tree.isOpaque(path)) return null;
  if (path === '.' || tree.has(path)) return true;
  const extension = extensionOf(path);
  if (PAGE_EXTENSIONS.some((page) => tree.has(`${path}.${page}`) || tree.has(`${path}/index.${page}`))) return true;
  if (/^html?$/.test(extension) || classifyPath(path) === 'generated') return null;
  if (tree.isSite(page) && (!PAGE_EXTENSIONS.includes(extension) || isHostPage)) return null;
  if (tree.isSite(page) && !target.startsWith('.') && !tree.has(directoryOf(path))) return null;
  const isPath =
    target.includes('/') || /^[a-z]{1,10}$/.test(extension) || /^(?:LICEN[CS]E|COPYING|NOTICE)/.test(target);
  return isPath ? false : null;
}

/** Null above the root. */
function resolvePath(directory: string, target: string): string | null {
  const parts = directory === '.' ? [] : directory.split('/');
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? '.' : parts.join('/');
}

/** Tells whether a runner knows a script or target; null when the repository does not say all it knows. */
type Commands = (page: string, runner: string, name: string) => boolean | null;

export function commandsOf(
  manifests: readonly ManifestFact[],
  documents: readonly DocumentFact[],
  files: readonly FileFact[],
): Commands {
  const scripts = { npm: scriptsOf(manifests, 'npm'), composer: scriptsOf(manifests, 'composer') };
  const hasGeneratedMakefile = files.some(({ path }) =>
    /(?:^|\/)(?:configure(?:\.ac|\.in)?|CMakeLists\.txt|Makefile\.(?:am|in|PL))$/.test(path),
  );
  const make = hasGeneratedMakefile ? null : targetsIn(documents, /^(?:gnu)?makefile$/i, MAKE_TARGET, MAKE_OPEN);
  const just = targetsIn(documents, /^\.?justfile$/i, JUST_RECIPE, JUST_OPEN);
  return (page, runner, name) => {
    if (!HOST_PAGE.test(page)) return null;
    if (runner === 'make' || runner === 'just') {
      const targets = runner === 'make' ? make : just;
      return targets === null || PROSE.has(name) ? null : targets.has(name);
    }
    const known = runner === 'composer' ? scripts.composer : scripts.npm;
    return known === null ? null : known.has(name);
  };
}

/** `make sure`, `make it`, `just work`: English, not a command. */
const PROSE: ReadonlySet<string> = new Set(
  'a an the it its sure this that these those use sense changes any all your my our them you me us up for to in on like one want run do be have add as and or if is not with by from some no'.split(
    ' ',
  ),
);

/** Scripts of all packages, of the root's ecosystem only; null without a manifest in the root. */
function scriptsOf(manifests: readonly ManifestFact[], ecosystem: ManifestFact['ecosystem']): Set<string> | null {
  const own = manifests.filter((manifest) => manifest.ecosystem === ecosystem);
  if (!own.some(({ path, scripts }) => !path.includes('/') && Object.keys(scripts).length > 0)) return null;
  return new Set(own.flatMap(({ scripts }) => Object.keys(scripts)));
}

const MAKE_TARGET = /^(?<names>[A-Za-z0-9_][\w./ -]{0,200}?)[ \t]{0,5}::?(?!=)/gm;
/** Targets that the text alone does not name. */
const MAKE_OPEN = /^[ \t]{0,8}-?s?include\b|^[^\t#=\n]{0,100}[%$][^=:\n]{0,100}:(?!=)|\$\(eval\b/m;
const JUST_RECIPE =
  /^@?(?<names>[A-Za-z_][\w-]{0,80})(?:[ \t][^:=\n]{0,200})?:(?!=)|^alias[ \t]+(?<alias>[\w-]{1,80})/gm;
const JUST_OPEN = /^[ \t]{0,4}(?:import|mod)\b/m;
const MAX_CHARACTERS = 60_000;

/** Null without such a file in the root, or when one of them hides some of its targets. */
function targetsIn(
  documents: readonly DocumentFact[],
  name: RegExp,
  target: RegExp,
  open: RegExp,
): ReadonlySet<string> | null {
  const found = documents.filter(({ path }) => name.test(baseName(path)));
  if (!found.some(({ path }) => !path.includes('/'))) return null;
  if (found.some(({ text }) => text.length > MAX_CHARACTERS || open.test(text))) return null;
  return new Set(
    found.flatMap(({ text }) =>
      [...text.matchAll(target)].flatMap(({ groups }) => (groups?.names ?? groups?.alias ?? '').split(/\s+/)),
    ),
  );
}
