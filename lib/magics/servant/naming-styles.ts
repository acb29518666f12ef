import { baseName, directoryOf, languageOfPath } from '../paths';

export type NamingStyle = 'kebab-case' | 'snake_case' | 'camelCase';

/** In these the language, its tools or the framework decide how a file is called. */
const FREE = new Set(['typescript', 'tsx', 'javascript', 'python', 'ruby', 'bash']);
const MIN_STYLED = 8;
const MAX_MINORITY = 0.2;

/** Style of a name of several words; null for single words and for names of types, which may stand beside any style. */
export function namingStyle(path: string): NamingStyle | null {
  const name = baseName(path);
  const stem = name.slice(0, name.indexOf('.') < 0 ? undefined : name.indexOf('.'));
  if (/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(stem)) return 'kebab-case';
  if (/^[a-z0-9]+(?:_[a-z0-9]+)+$/.test(stem)) return 'snake_case';
  // Hooks and higher-order helpers are called as what they export, whatever the rest is called.
  if (/^[a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+$/.test(stem) && !/^(?:use|with)[A-Z]/.test(stem)) return 'camelCase';
  return null;
}

export interface OddName {
  path: string;
  style: NamingStyle;
  usual: NamingStyle;
}

/** Files called in another style than nearly all their neighbours of the same language. */
export function oddNames(paths: readonly string[]): OddName[] {
  const groups = new Map<string, { path: string; style: NamingStyle }[]>();
  for (const path of paths) {
    const language = languageOfPath(path);
    const style = namingStyle(path);
    if (language === null || !FREE.has(language) || style === null) continue;
    const key = `${directoryOf(path)}\n${language}`;
    const known = groups.get(key);
    if (known) known.push({ path, style });
    else groups.set(key, [{ path, style }]);
  }
  return [...groups.values()].flatMap((group) => {
    if (group.length < MIN_STYLED) return [];
    const usual = mostUsual(group.map(({ style }) => style));
    const odd = group.filter(({ style }) => style !== usual);
    return odd.length / group.length > MAX_MINORITY ? [] : odd.map((each) => ({ ...each, usual }));
  });
}

function mostUsual(styles: readonly NamingStyle[]): NamingStyle {
  const counts = new Map<NamingStyle, number>();
  for (const style of styles) counts.set(style, (counts.get(style) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? 'kebab-case';
}
