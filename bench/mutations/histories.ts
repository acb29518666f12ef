import type { Sketch, SketchCommit } from '@/lib/magics/define';
import { createRandom, pick } from './random';

export interface ScriptedHistory {
  name: string;
  sketch: Sketch;
  /** Rules that have to report it. */
  reported: readonly string[];
  /** Rules that must not. */
  silent: readonly string[];
}

const STEPS = 12;
const FIRST = 'tdd/has-test-first';
const WITH_CHANGE = 'tdd/has-test-with-change';
const CLAIM = 'integrity/no-false-claim';
const WITH_FIX = 'tdd/has-test-with-fix';
const NAMES = ['rates', 'fees', 'prices', 'quotas', 'offsets', 'weights'];

const code = (name: string, step: number) =>
  `${Array.from({ length: 14 }, (_, at) => `export function ${name}${at}(n) {\n  return n * ${step + at + 2} + ${at + 1};\n}`).join('\n\n')}\n`;
const tests = (name: string, step: number) =>
  `import { expect, test } from 'vitest';\nimport { ${name}0 } from '../src/${name}';\n\n${Array.from({ length: 4 }, (_, at) => `test('${name} ${at}', () => {\n  expect(${name}0(${at})).toBe(${(step + 2) * at + 1});\n});`).join('\n\n')}\n`;
const source = (name: string, step: number) => ({ [`src/${name}.js`]: code(name, step) });
const spec = (name: string, step: number) => ({ [`tests/${name}.test.js`]: tests(name, step) });

/** Small histories of one habit each, names and subjects by the seed. */
export function scriptHistories(seed: number): ScriptedHistory[] {
  const random = createRandom(seed);
  const parts = Array.from({ length: STEPS }, (_, step) => `${pick(random, NAMES)}${step}`);
  const each = (commits: (name: string, step: number) => SketchCommit[]) => parts.flatMap(commits);
  return [
    {
      name: 'test first',
      sketch: {
        commits: each((name, step) => [
          { message: `test: expect ${name}`, files: spec(name, step) },
          { message: `feat: compute ${name}`, files: source(name, step) },
        ]),
      },
      reported: [],
      silent: [FIRST, WITH_CHANGE, CLAIM],
    },
    {
      name: 'test last, long after',
      sketch: {
        commits: [
          ...each((name, step) => [{ message: `feat: compute ${name}`, files: source(name, step) }]),
          ...each((name, step) => [{ message: `test: expect ${name}`, files: spec(name, step) }]),
        ],
      },
      reported: [FIRST, WITH_CHANGE],
      silent: [CLAIM],
    },
    {
      name: 'squashed requests, code and test in one',
      sketch: {
        commits: each((name, step) => [
          { message: `feat: compute ${name} (#${step + 10})`, files: { ...source(name, step), ...spec(name, step) } },
        ]),
      },
      reported: [],
      silent: [FIRST, WITH_CHANGE, CLAIM],
    },
    {
      name: 'no tests at all',
      sketch: { commits: each((name, step) => [{ message: `feat: compute ${name}`, files: source(name, step) }]) },
      reported: [WITH_CHANGE],
      silent: [CLAIM],
    },
    {
      name: 'tests claimed, none there',
      sketch: {
        commits: each((name, step) => [
          { message: `Add unit tests for ${name}`, files: source(name, step) },
          { message: `feat: tune ${name}`, files: { ...source(name, step + 1), ...spec(name, step + 1) } },
        ]),
      },
      reported: [CLAIM],
      silent: [],
    },
    {
      name: 'fixes without a test',
      sketch: {
        commits: [
          {
            message: 'feat: begin',
            files: Object.assign({}, ...parts.map((name) => ({ ...source(name, 1), ...spec(name, 1) }))),
          },
          ...each((name, step) => [{ message: `fix: crash of ${name} on zero`, files: source(name, step + 5) }]),
        ],
      },
      reported: [WITH_FIX],
      silent: [CLAIM],
    },
    {
      name: 'fixes with a test',
      sketch: {
        commits: [
          {
            message: 'feat: begin',
            files: Object.assign({}, ...parts.map((name) => ({ ...source(name, 1), ...spec(name, 1) }))),
          },
          ...each((name, step) => [
            { message: `fix: crash of ${name} on zero`, files: { ...source(name, step + 5), ...spec(name, step + 5) } },
          ]),
        ],
      },
      reported: [],
      silent: [WITH_FIX, CLAIM, WITH_CHANGE],
    },
  ];
}
