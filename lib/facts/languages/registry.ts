import type { LanguageId } from '@/lib/magics/facts/code';
import { bash } from './bash';
import { c } from './c';
import { cpp } from './cpp';
import { csharp } from './csharp';
import { go } from './go';
import { java } from './java';
import { javascript } from './javascript';
import { kotlin } from './kotlin';
import { php } from './php';
import { python } from './python';
import { ruby } from './ruby';
import { rust } from './rust';
import { tsx } from './tsx';
import type { LanguageTable } from './types';
import { typescript } from './typescript';

const TABLES: Record<LanguageId, LanguageTable> = {
  typescript,
  tsx,
  javascript,
  python,
  go,
  java,
  rust,
  c,
  cpp,
  csharp,
  ruby,
  php,
  kotlin,
  bash,
};

const byExtension = new Map<string, LanguageId>();
const byFileName = new Map<string, LanguageId>();
const byInterpreter = new Map<string, LanguageId>();
for (const table of Object.values(TABLES)) {
  for (const extension of table.extensions) byExtension.set(extension, table.id);
  for (const name of table.fileNames ?? []) byFileName.set(name, table.id);
  for (const interpreter of table.interpreters ?? []) byInterpreter.set(interpreter, table.id);
}

export function languageTable(id: LanguageId): LanguageTable {
  return TABLES[id];
}

/** The parsed language of a file by name, else by the interpreter its first line asks for. */
export function languageFor(path: string, firstLine = ''): LanguageId | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const named = byFileName.get(name);
  if (named) return named;
  const dot = name.lastIndexOf('.');
  const extension = dot >= 0 ? name.slice(dot + 1) : '';
  const known = byExtension.get(extension) ?? byExtension.get(extension.toLowerCase());
  if (known) return known;
  if (dot > 0 || !firstLine.startsWith('#!')) return null;
  const interpreter = /^#!\s*(?:\S*\/)?(?:env\s+(?:-\S+\s+)*(?:\w+=\S*\s+)*)?(?:\S*\/)?([a-z]+)[\d.]*(?:\s|$)/.exec(
    firstLine,
  )?.[1];
  return (interpreter && byInterpreter.get(interpreter)) || null;
}
