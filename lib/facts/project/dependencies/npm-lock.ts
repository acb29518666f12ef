import { keysOf, parseJson, property, stringOf } from '../json-value';
import { joinPath, parentPath } from '../project-text';
import { type LockedPackage, type LockInput, linesOf } from './locked-package';

const GROUPS = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'];
const KEYS = /^[ \t]*"((?:[^"\\\n]|\\.)*)":[ \t]*\{/gm;
const MODULES = 'node_modules/';
const MAX_PACKAGES = 100_000;

/** Places that no registry serves: what lies there has no published version. */
const ELSEWHERE = /^(?:git|file|link|github|gitlab|bitbucket|https?:\/\/(?:codeload\.)?github\.com\/)/;

/** package-lock.json and npm-shrinkwrap.json of the versions 1 to 3. */
export function readPackageLock(input: LockInput): LockedPackage[] | null {
  const json = parseJson(input.text);
  const packages = property(json, 'packages');
  if (keysOf(packages).length > 0) return fromPackages(packages, input);
  const tree = property(json, 'dependencies');
  if (keysOf(tree).length > 0) return fromTree(tree, input);
  return keysOf(json).length > 0 ? [] : null;
}

function fromPackages(packages: unknown, { path, text }: LockInput): LockedPackage[] {
  const lines = linesOf(text, KEYS);
  const direct = directPlaces(packages, parentPath(path));
  return keysOf(packages).flatMap((key): LockedPackage[] => {
    const entry = property(packages, key);
    const at = key.lastIndexOf(MODULES);
    const version = stringOf(property(entry, 'version'));
    const resolved = stringOf(property(entry, 'resolved')) ?? '';
    if (at < 0 || !version || property(entry, 'link') === true || ELSEWHERE.test(resolved)) return [];
    const manifest = direct.get(key);
    return [
      {
        name: stringOf(property(entry, 'name')) ?? key.slice(at + MODULES.length),
        version,
        line: lines.get(key) ?? 1,
        isDirect: manifest !== undefined,
        isDevelopment: property(entry, 'dev') === true,
        ...(manifest !== undefined && { manifest }),
        licence: licenceOf(property(entry, 'license')),
      },
    ];
  });
}

/** Where the dependencies of the root and of each workspace lie, with the manifest that asks for them. */
function directPlaces(packages: unknown, directory: string): Map<string, string> {
  const places = new Map<string, string>();
  for (const importer of keysOf(packages)) {
    if (importer.includes(MODULES)) continue;
    const manifest = joinPath(importer === '' ? directory : joinPath(directory, importer), 'package.json');
    for (const group of GROUPS) {
      for (const name of keysOf(property(packages, importer, group))) {
        const place = nearestPlace(packages, importer, name);
        if (place !== null && !places.has(place)) places.set(place, manifest);
      }
    }
  }
  return places;
}

function nearestPlace(packages: unknown, importer: string, name: string): string | null {
  for (let directory = importer; ; directory = parentPath(directory)) {
    const place = joinPath(directory, MODULES + name);
    if (property(packages, place) !== undefined) return place;
    if (directory === '') return null;
  }
}

function fromTree(tree: unknown, { path, text, siblings }: LockInput): LockedPackage[] {
  const lines = linesOf(text, KEYS);
  const manifest = joinPath(parentPath(path), 'package.json');
  const json = parseJson(siblings.find((file) => file.path === manifest)?.text ?? '');
  const wanted = new Set(GROUPS.flatMap((group) => keysOf(property(json, group))));
  const found: LockedPackage[] = [];
  const pending = [{ tree, isTop: true }];
  for (let next = pending.pop(); next && found.length < MAX_PACKAGES; next = pending.pop()) {
    for (const key of keysOf(next.tree)) {
      const entry = property(next.tree, key);
      const stated = stringOf(property(entry, 'version'));
      const alias = /^npm:(@?[^@]+)@(.+)$/.exec(stated ?? '');
      const version = alias?.[2] ?? stated;
      pending.push({ tree: property(entry, 'dependencies'), isTop: false });
      if (!version || !/^\d/.test(version)) continue;
      found.push({
        name: alias?.[1] ?? key,
        version,
        line: lines.get(key) ?? 1,
        isDirect: next.isTop && wanted.has(key),
        isDevelopment: property(entry, 'dev') === true,
      });
    }
  }
  return found;
}

/** A text, or the object that old packages have. */
function licenceOf(value: unknown): string | null {
  return stringOf(value) ?? stringOf(property(value, 'type'));
}
