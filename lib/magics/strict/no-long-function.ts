import * as z from 'zod';
import { defineRule } from '../define';
import type { FunctionFact } from '../facts/code';
import { functionsOver } from '../functions';

const steps = (count: number, form: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => form(n)).join('');

export const noLongFunction = defineRule({
  id: 'strict/no-long-function',
  catalogue: 'STR-M3',
  group: 'maintainability',
  severity: 'medium',
  needs: ['functions'],
  limits: { per: 'measure', good: 0.03, bad: 0.2, range: [0, 1] },
  effort: 'large',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-138/',
    'https://eslint.org/docs/latest/rules/max-lines-per-function',
  ],
  tags: ['CWE-1080', 'ISO25010 maintainability'],
  readsLimits: 'side',
  options: z.object({ limit: z.number().int().min(5).default(50) }),

  title: { en: 'No long function', ja: '長すぎる関数を作らない' },
  why: {
    en: 'A function that does not fit on a screen does more than one thing, and its parts cannot be tested or reused alone.',
    ja: '一画面に収まらない関数は複数の仕事を抱え、部分ごとのテストも再利用もできません。',
  },
  fix: {
    en: 'Extract the steps into functions named after what they do.',
    ja: '各段階を、その役割を名前にした関数へ切り出してください。',
  },
  messages: {
    long: {
      en: '“{name}” is {value} code lines long (limit {limit}).',
      ja: '「{name}」は{value}行あります（上限{limit}行）。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/setup.ts': `export function setup(app: App) {\n${steps(55, (n) => `  app.use(plugin${n});\n`)}}\n`,
        },
      },
      { files: { 'setup_app.py': `def setup_app(app):\n${steps(60, (n) => `    app.use(plugin_${n})\n`)}` } },
    ],
    good: [
      {
        files: {
          'src/setup.ts': `export function setup(app: App) {\n${steps(40, (n) => `  app.use(plugin${n});\n`)}}\n`,
        },
      },
      {
        files: {
          'setup_app.py': `def setup_app(app):\n${steps(20, (n) => `    app.use(plugin_${n})\n\n    # Step ${n} needs the one before it.\n`)}`,
        },
      },
      {
        files: {
          'src/a.ts': 'export const total = (a: number, b: number) => a + b;\n',
          'src/a.test.ts': `test('adds', () => {\n${steps(70, (n) => `  expect(total(${n}, 1)).toBe(${n + 1});\n`)}});\n`,
        },
      },
    ],
  },

  *check({ functions, totals }, { limit }, { limits }) {
    const wrappers = moduleWrappers(functions, limit);
    return yield* functionsOver({
      facts: { functions: functions.filter((fn) => !wrappers.has(fn)), totals },
      limits,
      measure: (fn) => fn.codeLines,
      limit,
      severityOf: () => 'medium',
      messageId: 'long',
      metric: 'long_functions',
    });
  },
});

/** Anonymous functions around a whole module (`(function () { … })()`): a scope, not a function. */
function moduleWrappers(functions: readonly FunctionFact[], limit: number): ReadonlySet<FunctionFact> {
  const long = functions.filter((fn) => fn.kind === 'lambda' && fn.codeLines > limit);
  const byPath = new Map<string, FunctionFact[]>();
  for (const fn of functions) {
    if (fn.kind === 'lambda') continue;
    const known = byPath.get(fn.path);
    if (known) known.push(fn);
    else byPath.set(fn.path, [fn]);
  }
  return new Set(
    long.filter(
      (outer) =>
        (byPath.get(outer.path) ?? []).filter((inner) => inner.line > outer.line && inner.endLine <= outer.endLine)
          .length > 2,
    ),
  );
}
