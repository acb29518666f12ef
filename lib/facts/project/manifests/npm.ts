import { keysOf, parseJson, property, stringOf, stringsOf, textEntries } from '../json-value';
import { type ManifestDraft, sortedUnique } from './draft';

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'];
/** What a package offers; `files` names what is published. */
const ENTRY_POINTS = ['main', 'module', 'exports', 'types', 'typings', 'files'];
const LOCAL = /^(?:workspace|file|link|portal):|^\.{0,2}\//;

export function readPackageJson(text: string): ManifestDraft | null {
  const json = parseJson(text);
  if (keysOf(json).length === 0) return null;
  const versions = GROUPS.flatMap((group) => Object.entries(textEntries(property(json, group))));
  const isPublic = property(json, 'private') !== true && property(json, 'name') !== undefined;
  const isLibrary = isPublic && ENTRY_POINTS.some((key) => property(json, key) !== undefined);
  const entries = property(json, 'exports');
  return {
    ecosystem: 'npm',
    name: stringOf(property(json, 'name')),
    version: stringOf(property(json, 'version')),
    dependencies: sortedUnique(versions.map(([name]) => name)),
    local: versions.filter(([, version]) => LOCAL.test(version)).map(([name]) => name),
    shipped: shippedNames(json),
    peers: sortedUnique([
      ...keysOf(property(json, 'peerDependencies')),
      ...stringsOf(property(json, 'bundledDependencies')),
    ]),
    scripts: textEntries(property(json, 'scripts')),
    license: stringOf(property(json, 'license')) ?? stringOf(property(json, 'license', 'type')),
    isLibrary,
    hasDeepImports: isLibrary && (entries === undefined || JSON.stringify(entries).includes('*')),
    isRuntimePinned: property(json, 'engines', 'node') !== undefined || property(json, 'volta', 'node') !== undefined,
  };
}

const LISTS = new Set([...GROUPS, 'peerDependencies', 'peerDependenciesMeta']);

/** A name in another part of the manifest, a preset or a script, is a use that no import shows. */
function shippedNames(json: unknown): string[] {
  const rest = keysOf(json).filter((key) => !LISTS.has(key));
  const others = JSON.stringify(rest.map((key) => property(json, key)));
  const names = Object.keys(textEntries(property(json, 'dependencies')));
  return sortedUnique(names.filter((name) => !others.includes(name)));
}
