import type { CheckSettingFact } from '@/lib/magics/facts/project';
import { parseJsonc } from '../../text/json-comments';
import { property, stringOf } from '../json-value';
import { nameOf, type ProjectText } from '../project-text';
import { lineOfMatch } from './line-of';

type Level = CheckSettingFact['level'];

const SETTINGS = /^(?:\.?mypy\.ini|pyrightconfig\.json|setup\.cfg|tox\.ini|pyproject\.toml|ty\.toml)$/;
/** Where a checker may be started from. */
const RUNNERS =
  /^(?:\.pre-commit-config\.ya?ml|tox\.ini|noxfile\.py|(?:GNU)?[Mm]akefile|justfile|pyproject\.toml|setup\.cfg|package\.json|tasks\.py)$/;
const MAX_RUNNER = 100_000;

export const isPythonCheckFile = (name: string): boolean => SETTINGS.test(name) || RUNNERS.test(name);

/** Settings of type checkers; where none stand, the commands that start one. */
export function pythonSettings(texts: readonly ProjectText[]): CheckSettingFact[] {
  const rows = texts.flatMap((file) => (SETTINGS.test(nameOf(file.path)) ? settingsOf(file) : []));
  const commands = texts.flatMap((file) => commandOf(file) ?? []);
  const isRunStrict = commands.some(({ level }) => level === 'strict');
  if (rows.length === 0) return commands.slice(0, 1).map((row) => (isRunStrict ? { ...row, level: 'strict' } : row));
  return isRunStrict ? rows.map((row) => ({ ...row, level: 'strict', setting: null })) : rows;
}

function settingsOf({ path, text }: ProjectText): CheckSettingFact[] {
  const name = nameOf(path);
  if (name === 'pyrightconfig.json') {
    const mode = stringOf(property(parseJsonc(text), 'typeCheckingMode'));
    return [row(path, lineOfMatch(text, /"typeCheckingMode"/), 'pyright', pyrightLevel(mode), mode)];
  }
  const found: CheckSettingFact[] = [];
  const mypy = sectionOf(text, /^\[(?:tool\.)?mypy\]/m);
  if (mypy) {
    const isStrict = /^strict\s{0,3}=\s{0,3}true\b/im.test(mypy.text);
    const isTyped = /^disallow_(?:untyped|incomplete)_defs\s{0,3}=\s{0,3}true\b/im.test(mypy.text);
    found.push(row(path, mypy.line, 'mypy', isStrict ? 'strict' : isTyped ? 'partial' : 'lax', null));
  }
  const pyright = sectionOf(text, /^\[tool\.(?:based)?pyright\]/m);
  if (pyright) {
    const mode = /^typeCheckingMode\s{0,3}=\s{0,3}["'](?<mode>\w{1,20})["']/m.exec(pyright.text)?.groups?.mode ?? null;
    const isBased = text.includes('[tool.basedpyright]');
    found.push(row(path, pyright.line, 'pyright', isBased && mode === null ? 'strict' : pyrightLevel(mode), mode));
  }
  const other = sectionOf(text, /^\[tool\.(?:ty|pyrefly|pyre|pytype)\b/m);
  if (other) found.push(row(path, other.line, 'other', 'partial', null));
  return found;
}

function pyrightLevel(mode: string | null): Level {
  if (mode === 'strict' || mode === 'recommended' || mode === 'all') return 'strict';
  return mode === 'off' ? 'lax' : 'partial';
}

function row(path: string, line: number, tool: string, level: Level, mode: string | null): CheckSettingFact {
  const setting = mode === null ? null : `typeCheckingMode = "${mode}"`;
  return { path, line, kind: 'types', tool, level, setting: level === 'strict' ? null : setting };
}

/** From a section's head to the next head. */
function sectionOf(text: string, head: RegExp): { text: string; line: number } | null {
  const start = head.exec(text)?.index;
  if (start === undefined) return null;
  const end = text.indexOf('\n[', start + 1);
  return { text: text.slice(start, end < 0 ? undefined : end), line: text.slice(0, start).split('\n').length };
}

const COMMAND =
  /(?:^|[\s"'/[,=])(?<tool>mypy|basedpyright|pyright|pytype|pyrefly|ty check)(?=$|[\s"',\]])(?<rest>[^\n]{0,200})/m;

function commandOf({ path, text }: ProjectText): CheckSettingFact | null {
  const isWorkflow = /(?:^|\/)\.github\/workflows\/|\.gitlab-ci\.yml$|azure-pipelines/.test(path);
  if ((!RUNNERS.test(nameOf(path)) && !isWorkflow) || text.length > MAX_RUNNER) return null;
  const match = COMMAND.exec(text.replace(/^[ \t]*#[^\n]*/gm, ''));
  if (!match) return null;
  const line = text.slice(0, match.index + 1).split('\n').length;
  const tool = match.groups?.tool ?? 'mypy';
  const isStrict = /--strict\b/.test(match.groups?.rest ?? '') || /mypy[^#]{0,300}--strict\b(?!-)/.test(text);
  return {
    path,
    line,
    kind: 'types',
    tool,
    level: isStrict ? 'strict' : tool === 'mypy' ? 'lax' : 'partial',
    setting: null,
  };
}
