import { keysOf, parseJson, property, textEntries } from '../json-value';
import { nameOf, parentPath } from '../project-text';
import type { LockInput } from './locked-package';

/** A dependency as a `package.json` asks for it. */
export interface WantedPackage {
  name: string;
  range: string;
  isDevelopment: boolean;
  manifest: string;
  /** Directory of the manifest. */
  directory: string;
}

const GROUPS = [
  { key: 'dependencies', isDevelopment: false },
  { key: 'optionalDependencies', isDevelopment: false },
  { key: 'peerDependencies', isDevelopment: false },
  { key: 'devDependencies', isDevelopment: true },
] as const;

export function wantedPackages({ siblings }: LockInput): WantedPackage[] {
  return siblings
    .filter(({ path }) => nameOf(path) === 'package.json')
    .flatMap(({ path, text }) => {
      const json = parseJson(text);
      if (keysOf(json).length === 0) return [];
      return GROUPS.flatMap(({ key, isDevelopment }) =>
        Object.entries(textEntries(property(json, key))).map(([name, range]) => ({
          name,
          range,
          isDevelopment,
          manifest: path,
          directory: parentPath(path),
        })),
      );
    });
}
