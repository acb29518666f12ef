import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings, SETTINGS_NAMES } from '@/lib/facts/project/repository-settings';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { messageOf } from '@/lib/i18n/rule-text';
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
  const file = (await stat(path)).isDirectory() ? await findIn(path) : path;
  if (file === null) return null;
  const { problems } = readSettings(await readStart(file));
  const t = CLI_TEXTS[language].config;
  if (problems.length === 0) return { isValid: true, text: `${t.valid(file)}\n` };
  const lines = problems.map(({ id, line, data }) => {
    const message = messageOf({ ruleId: hasValidSettings.id, messageId: id, data }, language);
    return `  ${file}:${line}  ${plain(message)}`;
  });
  return { isValid: false, text: `${[t.problems(file, problems.length), ...lines].join('\n')}\n` };
}

async function findIn(folder: string): Promise<string | null> {
  for (const name of SETTINGS_NAMES) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found?.isFile()) return file;
  }
  return null;
}

async function readStart(file: string): Promise<string> {
  await using handle = await open(file, 'r');
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}
