import { property } from '../json-value';
import { parseTomlText } from '../manifests/python';
import { matchedLines } from './locked-package';

const MAX_CHARACTERS = 2_100_000;

export interface TomlPackage {
  value: unknown;
  line: number;
}

/** The tables of an array such as `[[package]]`, in order; null when the text is broken or too large. */
export function tomlPackages(text: string, table: string): TomlPackage[] | null {
  if (text.length > MAX_CHARACTERS) return null;
  const toml = parseTomlText(text);
  if (toml === undefined) return null;
  const values = property(toml, table);
  if (!Array.isArray(values)) return [];
  const lines = matchedLines(text, table === 'package' ? /^\[\[(package)\]\]/gm : /^\[\[(packages)\]\]/gm);
  return values.map((value, index) => ({ value, line: lines[index]?.[1] ?? 1 }));
}
