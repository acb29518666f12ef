import { keysOf, parseJson, property, stringOf, stringsOf } from '../json-value';
import { joinPath, parentPath } from '../project-text';
import { type LockedPackage, type LockInput, linesOf } from './locked-package';

export function readComposerLock({ path, text, siblings }: LockInput): LockedPackage[] | null {
  const json = parseJson(text);
  if (!Array.isArray(property(json, 'packages'))) return null;
  const lines = linesOf(text, /^[ \t]*"name": "([^"\n]*)"/gm);
  const manifest = joinPath(parentPath(path), 'composer.json');
  const wanted = parseJson(siblings.find((file) => file.path === manifest)?.text ?? '');
  const direct = new Set(
    ['require', 'require-dev'].flatMap((key) => keysOf(property(wanted, key)).map((name) => name.toLowerCase())),
  );
  return ['packages', 'packages-dev'].flatMap((group) => {
    const list = property(json, group);
    return (Array.isArray(list) ? list : []).flatMap((entry): LockedPackage[] => {
      const stated = stringOf(property(entry, 'name'));
      const version = stringOf(property(entry, 'version'))?.replace(/^v(?=\d)/, '');
      if (!stated || !version || !/^\d/.test(version)) return [];
      const name = stated.toLowerCase();
      const licences = stringsOf(property(entry, 'license'));
      return [
        {
          name,
          version,
          line: lines.get(stated) ?? 1,
          isDirect: direct.has(name),
          isDevelopment: group === 'packages-dev',
          licence: licences.length > 0 ? licences.join(' OR ') : null,
        },
      ];
    });
  });
}
