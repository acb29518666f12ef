import { type Change, changesBetween } from '@/components/policy/changes';
import type { Difference } from '@/lib/schemas/configuration';

const PATH_RULE = /^pathRules\.(?<glob>.+?)(?:\.(?<setting>glob|isIgnored|rulesOff|magicsOff|maxSeverity))?$/;

/** What the server says differs, setting by setting: what came or went as a whole is taken apart. */
export function changesOf(differences: readonly Difference[]): Change[] {
  return differences.flatMap(({ path, before, after }) =>
    changesBetween(before ?? undefined, after ?? undefined, namesOf(path)),
  );
}

/** A glob may hold dots of its own. */
function namesOf(path: string): string[] {
  const { glob, setting } = PATH_RULE.exec(path)?.groups ?? {};
  return glob === undefined ? path.split('.') : ['pathRules', glob, ...(setting === undefined ? [] : [setting])];
}
