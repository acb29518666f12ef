import { keysOf, parseJson, property, stringOf, textEntries } from '../json-value';
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
  return {
    ecosystem: 'npm',
    name: stringOf(property(json, 'name')),
    version: stringOf(property(json, 'version')),
    dependencies: sortedUnique(versions.map(([name]) => name)),
    local: versions.filter(([, version]) => LOCAL.test(version)).map(([name]) => name),
    scripts: textEntries(property(json, 'scripts')),
    license: stringOf(property(json, 'license')) ?? stringOf(property(json, 'license', 'type')),
    isLibrary: isPublic && ENTRY_POINTS.some((key) => property(json, key) !== undefined),
    isRuntimePinned: property(json, 'engines', 'node') !== undefined || property(json, 'volta', 'node') !== undefined,
  };
}
