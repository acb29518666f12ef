import { keysOf, parseJson, property, stringOf } from '../json-value';
import { type LockedPackage, type LockInput, linesOf } from './locked-package';

/** packages.lock.json: a list for each target framework. */
export function readNugetLock({ text }: LockInput): LockedPackage[] | null {
  const frameworks = property(parseJson(text), 'dependencies');
  if (keysOf(frameworks).length === 0) return null;
  const lines = linesOf(text, /^[ \t]*"([^"\n]*)": \{/gm);
  const found = new Map<string, LockedPackage>();
  for (const framework of keysOf(frameworks)) {
    for (const name of keysOf(property(frameworks, framework))) {
      const version = stringOf(property(frameworks, framework, name, 'resolved'));
      const type = stringOf(property(frameworks, framework, name, 'type'));
      if (!version || type === 'Project') continue;
      const key = `${name} ${version}`;
      const isDirect = type === 'Direct' || (found.get(key)?.isDirect ?? false);
      found.set(key, { name, version, line: lines.get(name) ?? 1, isDirect, isDevelopment: false });
    }
  }
  return [...found.values()];
}
