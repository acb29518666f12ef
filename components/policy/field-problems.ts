import type { Messages } from '@/lib/i18n/messages';
import { settingName, type Words } from './change-words';
import { isSame } from './changes';

/** What the server found wrong, with what was sent: a setting changed since is not blamed any more. */
export interface FieldProblems {
  sent: unknown;
  fields: readonly FieldProblem[];
}

interface FieldProblem {
  field: string;
  /** In English. */
  problem: string;
  /** One of lib/magics/problem-kind.ts, or one of a server that is newer. */
  kind: string | null;
  expected: string;
}

/** Reads the fields of a refused request; nothing when it was refused for another reason. */
export function fieldProblems(details: Readonly<Record<string, unknown>>, sent: unknown): FieldProblems | null {
  const given = details.errors ?? details.fields;
  if (!Array.isArray(given)) return null;
  const fields = given.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { field, path, problem, message, kind, expected } = entry as Record<string, unknown>;
    const name = String(field ?? path ?? '').replace(/^(?:configuration|override)\./, '');
    return [
      {
        field: name,
        problem: String(problem ?? message ?? ''),
        kind: typeof kind === 'string' ? kind : null,
        expected: String(expected ?? ''),
      },
    ];
  });
  return fields.length > 0 ? { sent, fields } : null;
}

/** What is wrong at a setting or inside it, as long as it is as it was sent. */
export function problemAt(
  problems: FieldProblems | null,
  path: readonly (string | number)[],
  draft: unknown,
  t: Messages,
  isDraft = false,
): string | null {
  if (!problems) return null;
  const name = path.join('.');
  const found = problems.fields.find(({ field }) => field === name || field.startsWith(`${name}.`));
  if (!found || !isSame(valueAt(problems.sent, path), valueAt(draft, path))) return null;
  // What was not begun yet is not wrong; it is when it is saved.
  if (isDraft && valueAt(draft, found.field.split('.')) === '') return null;
  return problemText(found, t);
}

/** What still stands of a refusal: a setting that was changed since is no longer one that cannot be saved. */
export function openProblems(problems: FieldProblems | null, draft: unknown): FieldProblems | null {
  if (!problems) return null;
  const fields = problems.fields.filter(({ field }) => {
    const path = field.split('.');
    return isSame(valueAt(problems.sent, path), valueAt(draft, path));
  });
  return fields.length > 0 ? { ...problems, fields } : null;
}

/** Whether a field of the draft shows that it is wrong: one that was not begun yet does not. */
export function isMarked({ fields }: FieldProblems, draft: unknown): boolean {
  return fields.some(({ field }) => valueAt(draft, field.split('.')) !== '');
}

/** Lists whose entries have no names of their own in a sentence. */
const LISTS = new Set(['branches', 'ignorePaths', 'pathRules', 'ownRules']);

/** Settings that were refused, as the editor calls them, each once. */
export function problemNames({ fields }: FieldProblems, words: Words): string[] {
  const names = fields.map(({ field }) => {
    const [part = '', ...rest] = field.split('.');
    const path = LISTS.has(part) ? [part] : [part, ...rest.filter((name) => !/^\d+$/.test(name))];
    return settingName(path, words);
  });
  return [...new Set(names)];
}

function problemText({ field, problem: english, kind, expected }: FieldProblem, t: Messages): string {
  const words = t.policy.invalid;
  const say = kind !== null && Object.hasOwn(words.kinds, kind) ? words.kinds[kind as keyof typeof words.kinds] : null;
  const problem = say ? say(expected) : english;
  const line = /^(?<list>branches|ignorePaths)\.(?<at>\d+)$/.exec(field)?.groups;
  if (line?.at !== undefined) {
    const number = String(Number(line.at) + 1);
    return line.list === 'branches' ? words.branchLine(number) : words.globLine(number);
  }
  if (field.endsWith('.glob')) return words.glob;
  if (field === 'magics') return words.magics;
  if (field === 'schedule.cron') return words.cron;
  if (field === 'schedule.timeZone') return words.timeZone;
  if (/(?:rulesOff|enforcedRules)\.\d+$/.test(field)) return words.rule;
  const option = /^rules\.[^.]+\.options\.(?<name>[^.]+)/.exec(field)?.groups?.name;
  if (option !== undefined) return words.option(option, problem);
  return words.other(problem);
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, name) => (node !== null && typeof node === 'object' ? (node as Record<string, unknown>)[name] : undefined),
    value,
  );
}
