import { joinPath, parentPath } from '../project-text';
import { type LockedPackage, type LockInput, matchedLines } from './locked-package';

interface Required {
  version: string;
  line: number;
  isIndirect: boolean;
}

/** go.mod states the exact version of every module that is built in. */
export function readGoModules({ text }: LockInput): LockedPackage[] | null {
  const mod = parseGoMod(text);
  if (!mod) return null;
  return [...mod.required].flatMap(([name, { version, line, isIndirect }]) => {
    const target = mod.replaced.get(`${name} ${version}`) ?? mod.replaced.get(name) ?? { name, version };
    if (target.version === '') return [];
    return [{ ...target, line, isDirect: !isIndirect, isDevelopment: false }];
  });
}

/**
 * go.sum of a module older than Go 1.17, whose go.mod leaves out what others bring along: the highest version of a module
 * whose content was needed is the one that is built in.
 */
export function readGoSum({ path, text, siblings }: LockInput): LockedPackage[] | null {
  const manifest = joinPath(parentPath(path), 'go.mod');
  const mod = parseGoMod(siblings.find((file) => file.path === manifest)?.text ?? '');
  if (!mod || mod.isComplete) return [];
  const highest = new Map<string, { version: string; line: number }>();
  for (const [row, line] of matchedLines(text, /^(\S{1,500} v\d\S{0,200}) h1:/gm)) {
    const [name = '', version = ''] = row.split(' ');
    if (version.endsWith('/go.mod') || mod.required.has(name) || mod.replaced.has(name)) continue;
    const known = highest.get(name);
    if (!known || isHigher(version, known.version)) highest.set(name, { version, line });
  }
  return [...highest].map(([name, { version, line }]) => ({
    name,
    version,
    line,
    isDirect: false,
    isDevelopment: false,
  }));
}

interface GoMod {
  required: Map<string, Required>;
  /** By name, or by name and version; an empty version stands for a directory. */
  replaced: Map<string, { name: string; version: string }>;
  /** Modules since Go 1.17 name also what others bring along. */
  isComplete: boolean;
}

function parseGoMod(text: string): GoMod | null {
  if (!/^module\s/m.test(text)) return null;
  const required: GoMod['required'] = new Map();
  const replaced: GoMod['replaced'] = new Map();
  let block = '';
  let minor = 0;
  for (const [index, raw] of text.split('\n').entries()) {
    const [code = '', comment = ''] = raw.split('//', 2);
    const words = code
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^"|"$/g, ''));
    if (words[0] === ')') block = '';
    else if (words[1] === '(') block = words[0] ?? '';
    else {
      const directive = block === '' ? words.shift() : block;
      const [name = '', version = ''] = words;
      if (directive === 'go') minor = Number(/^1\.(\d{1,3})/.exec(name)?.[1] ?? 0);
      if (directive === 'require' && /^v\d/.test(version)) {
        required.set(name, { version, line: index + 1, isIndirect: /^\s{0,4}indirect\b/.test(comment) });
      }
      const arrow = directive === 'replace' ? words.indexOf('=>') : -1;
      const target = words[arrow + 1];
      if (arrow > 0 && target !== undefined) {
        const key = arrow === 2 ? `${name} ${version}` : name;
        replaced.set(key, { name: target, version: words[arrow + 2] ?? '' });
      }
    }
  }
  return { required, replaced, isComplete: minor >= 17 };
}

/** Compares the numbers before any pre-release; releases win over those. */
function isHigher(version: string, other: string): boolean {
  const [a, b] = [version, other].map((one) => {
    const [, numbers = '', rest = ''] = /^v(\d{1,9}(?:\.\d{1,9}){0,2})(.*)$/.exec(one) ?? [];
    return { numbers: numbers.split('.').map(Number), rest };
  });
  for (let place = 0; place < 3; place += 1) {
    const difference = (a?.numbers[place] ?? 0) - (b?.numbers[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  const isRelease = (rest = '') => !rest.startsWith('-');
  if (isRelease(a?.rest) !== isRelease(b?.rest)) return isRelease(a?.rest);
  return (a?.rest ?? '') > (b?.rest ?? '');
}
