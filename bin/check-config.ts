import { lstat, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectText } from '@/lib/facts/project/project-text';
import { readRepositorySettings, readSettings, SETTINGS_NAMES } from '@/lib/facts/project/repository-settings';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { messageOf } from '@/lib/i18n/rule-text';
import type { RepositorySettingsFact } from '@/lib/magics/facts/project';
import { hasValidSettings } from '@/lib/magics/integrity/has-valid-settings';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';

export interface CheckedConfig {
  isValid: boolean;
  text: string;
}

/** More than a valid file may hold; the rest would change nothing. */
const MAX_BYTES = 512_000;

/** Checks a file of settings, or the one in a folder; null when the folder has none. */
export async function checkConfig(path: string, language: Language): Promise<CheckedConfig | null> {
  const isFolder = (await stat(path)).isDirectory();
  const { path: name, problems } = isFolder ? await readFolder(path) : readSettings(await readStart(path));
  if (isFolder && name === null) return null;
  const file = name === null ? path : join(path, name);
  const t = CLI_TEXTS[language].config;
  if (problems.length === 0) return { isValid: true, text: `${t.valid(file)}\n` };
  const lines = problems.map(({ id, line, data }) => {
    const message = messageOf({ ruleId: hasValidSettings.id, messageId: id, data }, language);
    return `  ${file}:${line}  ${plain(message)}`;
  });
  return { isValid: false, text: `${[t.problems(file, problems.length), ...lines].join('\n')}\n` };
}

/** As an audit reads the root of a tree: no link is followed, and two files are one too many. */
async function readFolder(folder: string): Promise<RepositorySettingsFact> {
  const names = new Set<string>();
  const texts: ProjectText[] = [];
  for (const name of SETTINGS_NAMES) {
    const found = await lstat(join(folder, name)).catch(() => null);
    if (!found?.isFile() && !found?.isSymbolicLink()) continue;
    names.add(name);
    if (found.isFile()) texts.push({ path: name, text: await readStart(join(folder, name)) });
  }
  return readRepositorySettings(texts, names);
}

async function readStart(file: string): Promise<string> {
  await using handle = await open(file, 'r');
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}
