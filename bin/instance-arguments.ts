import { parseArgs } from 'node:util';
import { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';
import { LANGUAGES, type Language } from '@/lib/magics/types';

export type InstanceCommand =
  | { name: 'backup' | 'list' | 'prune'; isJson: boolean }
  /** The newest backup unless one is named. */
  | { name: 'verify'; backup: string | undefined; isJson: boolean }
  | { name: 'restore'; backup: string | undefined; hasKeys: boolean; isJson: boolean }
  | { name: 'doctor'; isJson: boolean }
  /** Tells the teams unless one is named. */
  | { name: 'owner'; teamId: string | undefined; isJson: boolean };

interface ReadArguments {
  language: Language;
  /** Null when help is asked for. */
  command: InstanceCommand | null;
  problem?: string;
}

const SUBCOMMANDS = ['list', 'verify', 'prune'] as const;

/** Reads the command line of `elder backup`, `elder restore`, `elder doctor` and `elder owner`. */
export function readInstanceArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReadArguments {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  let language: Language = locale.startsWith('ja') ? 'ja' : 'en';
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        'without-keys': { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
    language = LANGUAGES.find((known) => known === values.lang) ?? language;
    const t = INSTANCE_TEXTS[language].wrong;
    if (values.lang !== undefined && values.lang !== language) return { language, command: null, problem: t.language };
    if (values.help) return { language, command: null };
    const command = commandOf(positionals, { isJson: values.json, hasKeys: !values['without-keys'] });
    if (!command) return { language, command: null, problem: t.command(positionals.join(' ')) };
    if (values['without-keys'] && command.name !== 'restore')
      return { language, command: null, problem: t.withoutKeys };
    return { language, command };
  } catch {
    return { language, command: null, problem: INSTANCE_TEXTS[language].wrong.options };
  }
}

function commandOf(
  [name, first, second, ...more]: readonly string[],
  { isJson, hasKeys }: { isJson: boolean; hasKeys: boolean },
): InstanceCommand | null {
  if (more.length > 0) return null;
  if (name === 'doctor' && first === undefined) return { name, isJson };
  if (name === 'owner' && second === undefined) return { name, teamId: first, isJson };
  if (name === 'restore' && second === undefined) return { name, backup: first, hasKeys, isJson };
  if (name !== 'backup') return null;
  if (first === undefined) return { name, isJson };
  const sub = SUBCOMMANDS.find((known) => known === first);
  if (sub === 'verify') return { name: sub, backup: second, isJson };
  return sub && second === undefined ? { name: sub, isJson } : null;
}
