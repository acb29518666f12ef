import type { Sketch, SketchCommit } from '../define';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1, 9);
const STEP_DAYS = 5;

const branches = (count: number) =>
  Array.from({ length: count }, (_, index) => `  if (x === ${index}) return ${index};\n`).join('');

/** A file with so many decisions and a line that each change rewrites. */
export const source = (decisions: number, step: number, padding = 0) =>
  `export const step = ${step};\n${Array.from({ length: padding }, (_, index) => `export const pad${index} = ${index};\n`).join('')}export function decide(x: number): number {\n${branches(decisions)}  return -1;\n}\n`;

export interface History {
  /** Small files changed again and again, in turn. */
  hot: string[];
  /** Content of a hot file at a step. */
  content: (step: number, path: string) => string;
  /** Further files of the first commit. */
  files?: Record<string, string>;
  /** Large files nobody touches. */
  cold?: number;
  /** Files changed along with each hot file. */
  along?: (step: number) => Record<string, string>;
}

const PAST = 40;
const RECENT = 14;

/** Forty changes to the hot files, then fourteen fixes of them within 70 days. */
export function historyOf({ hot, content, files = {}, cold = 8, along = () => ({}) }: History): Sketch {
  const quiet = Object.fromEntries(
    Array.from({ length: cold }, (_, index) => [`src/cold${index}.ts`, source(2, index, 200 + index)]),
  );
  const at = (step: number) => new Date(START + step * STEP_DAYS * DAY_MS).toISOString();
  const start: SketchCommit = {
    message: 'Start',
    at: at(0),
    files: { ...quiet, ...Object.fromEntries(hot.map((path) => [path, content(0, path)])), ...files },
  };
  const commits = Array.from({ length: PAST + RECENT }, (_, index): SketchCommit => {
    const step = index + 1;
    const path = hot[index % hot.length] ?? 'src/hot.ts';
    const message = index < PAST ? `Extend step ${step}` : `fix: 端数の誤りを直す ${step}`;
    return { message, at: at(step), files: { [path]: content(step, path), ...along(step) } };
  });
  return { commits: [start, ...commits] };
}
