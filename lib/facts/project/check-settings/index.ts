import type { CheckSettingFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { nameOf, type ProjectText, parentPath } from '../project-text';
import { compilerSettings, isBuildFile } from './compiler';
import { isLayerFile, layerSettings } from './layers';
import { isPythonCheckFile, pythonSettings } from './python';
import { isTypescriptConfig, typescriptSettings } from './typescript';

const MAX_DEPTH = 4;
const MAX_CHARACTERS = 256_000;
const MAX_ROWS = 2000;

/** Files that say how strictly code is checked. */
export function isCheckSettingsPath(path: string): boolean {
  const name = nameOf(path);
  if (parentPath(path).split('/').length > MAX_DEPTH) return false;
  return isTypescriptConfig(name) || isPythonCheckFile(name) || isBuildFile(name) || isLayerFile(name);
}

/** Settings of all files at once: one may extend another. Programs among them are read as text, never run. */
export function readCheckSettings(texts: readonly ProjectText[]): CheckSettingFact[] {
  const read = texts.filter(({ text }) => text.length <= MAX_CHARACTERS);
  return [
    ...typescriptSettings(read),
    ...pythonSettings(read),
    ...read.flatMap((file) => compilerSettings(file)),
    ...read.flatMap((file) => layerSettings(file)),
  ]
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.tool, b.tool) || a.line - b.line)
    .slice(0, MAX_ROWS);
}
