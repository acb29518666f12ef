import { open } from 'node:fs/promises';
import { isAppError } from '@/lib/errors';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { plain } from '@/lib/reports/terminal';
import { type ClusterConfiguration, readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { parseClusterYaml } from '@/lib/schemas/cluster-yaml';
import { codeOf } from '../failure-sentence';
import type { ClusterCommand } from './cluster-arguments';

/** What keeps a configuration from being used, told line by line. */
export class BadConfiguration extends Error {}

const LARGEST_BYTES = 1_000_000;

/** The configuration of a file with what the command line says over it. Throws BadConfiguration. */
export async function readConfiguration(command: ClusterCommand, language: Language): Promise<ClusterConfiguration> {
  const t = CLI_TEXTS[language].cluster.config;
  const file = command.config === undefined ? t.defaults : plain(command.config);
  const content: unknown = command.config === undefined ? {} : await readYaml(command.config, language);
  // Of what is no map, the schema says what is wrong.
  const isMap = typeof content === 'object' && content !== null && !Array.isArray(content);
  const given = isMap
    ? {
        ...content,
        ...(command.mode && { deploymentMode: command.mode }),
        ...(command.contexts && { contexts: command.contexts }),
      }
    : content;
  try {
    return readClusterConfiguration(given);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const problems = (error.details?.problems ?? []) as readonly { field: string; problem: string }[];
    const lines = problems.map(({ field, problem }) => `  ${plain(field)}: ${plain(problem)}`);
    throw new BadConfiguration([t.problems(file), ...lines].join('\n'));
  }
}

async function readYaml(path: string, language: Language): Promise<unknown> {
  const t = CLI_TEXTS[language].cluster.config;
  const { given, wrong } = parseClusterYaml(await readText(path, language));
  if (wrong) throw new BadConfiguration(t.notYaml(plain(path), wrong.line, plain(wrong.problem)));
  return given;
}

async function readText(path: string, language: Language): Promise<string> {
  const t = CLI_TEXTS[language].cluster.config;
  let bytes: Buffer;
  try {
    await using file = await open(path, 'r');
    const whole = Buffer.alloc(LARGEST_BYTES + 1);
    const { bytesRead } = await file.read(whole, 0, whole.length, 0);
    bytes = whole.subarray(0, bytesRead);
  } catch (error) {
    throw new BadConfiguration(t.unreadable(plain(path), codeOf(error) ?? 'error'));
  }
  if (bytes.length > LARGEST_BYTES) throw new BadConfiguration(t.tooLarge(plain(path)));
  return bytes.toString('utf8');
}
