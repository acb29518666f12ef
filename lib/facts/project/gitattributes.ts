import type { LinguistAttributes } from '@/lib/magics/classify-path';
import { compilePathPattern } from './path-pattern';
import type { ProjectText } from './project-text';

interface AttributeLine {
  matches: (path: string) => boolean;
  values: LinguistAttributes;
}

const MAX_LINES = 500;

const NAMES = {
  'linguist-vendored': 'isVendored',
  'linguist-generated': 'isGenerated',
  'linguist-documentation': 'isDocumentation',
} as const satisfies Record<string, keyof LinguistAttributes>;

/**
 * Reads the linguist overrides; deeper files and later lines win. `-linguist-vendored` and `-linguist-generated` only take
 * back what another line said: such paths are not parsed, so they cannot be claimed for the project afterwards.
 */
export function attributesFor(texts: readonly ProjectText[]): (path: string) => LinguistAttributes {
  const sources = texts
    .filter(({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes'))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length || (a.path < b.path ? -1 : 1));
  const lines = sources.flatMap(attributeLines).slice(0, MAX_LINES);
  return (path) => {
    const found: LinguistAttributes = {};
    for (const { matches, values } of lines) if (matches(path)) Object.assign(found, values);
    if (found.isVendored === false) delete found.isVendored;
    if (found.isGenerated === false) delete found.isGenerated;
    return found;
  };
}

function attributeLines({ path, text }: ProjectText): AttributeLine[] {
  const base = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return text.split('\n').flatMap((line) => {
    if (!line.includes('linguist-')) return [];
    const [pattern, ...words] = line.trim().split(/\s+/);
    if (!pattern || pattern.startsWith('#') || pattern.startsWith('[') || pattern.length > 500) return [];
    const values = attributeValues(words);
    return Object.keys(values).length === 0 ? [] : [{ matches: compilePathPattern(pattern, base), values }];
  });
}

function attributeValues(words: readonly string[]): LinguistAttributes {
  const values: LinguistAttributes = {};
  for (const word of words) {
    const isOff = word.startsWith('-') || /=false$/i.test(word);
    const name = word.replace(/^-/, '').replace(/=.*$/, '');
    for (const [attribute, key] of Object.entries(NAMES)) if (attribute === name) values[key] = !isOff;
  }
  return values;
}
