import * as z from 'zod';
import { defineRule, type Examples } from '../define';
import type { FunctionFact, ImportFact, TestFact } from '../facts/code';
import { lines } from '../sketches';

/** A long table of constants does one thing. */
const MIN_FUNCTIONS = 3;
const HUB_SHARE = 0.01;
const MIN_HUB = 25;

/** Files that many import and that import many: the top 1 % by the product of both. */
function hubsOf(imports: readonly ImportFact[], files: number): Set<string> {
  const fanIn = new Map<string, Set<string>>();
  const fanOut = new Map<string, Set<string>>();
  for (const { path, target, role, isTypeOnly } of imports) {
    if (target === null || target === path || role !== 'production' || isTypeOnly) continue;
    fanIn.set(target, (fanIn.get(target) ?? new Set()).add(path));
    fanOut.set(path, (fanOut.get(path) ?? new Set()).add(target));
  }
  const products = [...fanIn]
    .map(([path, from]) => ({ path, product: from.size * (fanOut.get(path)?.size ?? 0) }))
    .filter(({ product }) => product >= MIN_HUB)
    .sort((a, b) => b.product - a.product || (a.path < b.path ? -1 : 1));
  return new Set(products.slice(0, Math.ceil(files * HUB_SHARE)).map(({ path }) => path));
}

function groupByPath(tests: readonly TestFact[]): Map<string, TestFact[]> {
  const groups = new Map<string, TestFact[]>();
  for (const test of tests) {
    const known = groups.get(test.path);
    if (known) known.push(test);
    else groups.set(test.path, [test]);
  }
  return groups;
}

/** Tests beside the code they test are not another job of the file. */
const linesOf = (tests: readonly TestFact[]) => tests.reduce((sum, test) => sum + test.endLine - test.line + 1, 0);

/** Says again what code elsewhere does. */
const DECLARATIONS = /\.d\.[cm]?ts$|\.pyi$/;

const NAMED: ReadonlySet<FunctionFact['kind']> = new Set(['function', 'method', 'constructor', 'accessor']);

const methods = (count: number) =>
  `export class Desk {\n${Array.from({ length: count }, (_, index) => `  step${index}(): number {\n    return this.base + ${index};\n  }\n`).join('')}  base = 1;\n}\n`;
const functions = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `export function step${index}(x: number) {\n  return x + ${index};\n}\n`,
  ).join('');

export const noGeneralist = defineRule({
  id: 'servant/no-generalist',
  catalogue: 'SRV-06',
  group: 'size',
  severity: 'medium',
  confidence: 0.95,
  needs: ['files', 'functions', 'imports', 'tests'],
  limits: { per: 'files', good: 0.01, bad: 0.16, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'large',
  references: ['https://rules.sonarsource.com/java/RSPEC-104/', 'https://codescene.com/product/code-health'],
  tags: ['CWE-1080', 'CWE-1093'],
  options: z.object({
    maxLines: z.number().int().min(100).default(750),
    maxFunctions: z.number().int().min(5).default(40),
    maxMethods: z.number().int().min(5).default(20),
  }),

  title: { en: 'No file does everything', ja: '何でも屋のファイルを作らない' },
  why: {
    en: 'A file with many jobs is changed for many reasons, by many people, at the same time.',
    ja: '多くの役目を持つファイルは、多くの人が、別々の理由で、同時に変更することになります。',
  },
  fix: {
    en: 'Split it along its jobs: one file for one reason to change.',
    ja: '役目ごとに分けてください。変更する理由1つにつき1ファイルが目安です。',
  },
  messages: {
    lines: { en: '{lines} lines of code (limit {limit}).', ja: 'コードが{lines}行あります（上限{limit}行）。' },
    functions: {
      en: '{functions} functions (limit {limit}).',
      ja: '関数が{functions}個あります（上限{limit}個）。',
    },
    methods: {
      en: 'A class with {methods} methods (limit {limit}).',
      ja: 'メソッドが{methods}個あるクラスがあります（上限{limit}個）。',
    },
    several: {
      en: 'Over several limits: {lines} lines of code, {functions} functions, at most {methods} methods in a class.',
      ja: '複数の上限を超えています。コード{lines}行、関数{functions}個、1クラスのメソッドは最大{methods}個です。',
    },
    hub: {
      en: '{lines} lines of code, {functions} functions, and among the 1 % of files that most others depend on and that depend on most.',
      ja: 'コード{lines}行、関数{functions}個で、依存する側・される側ともに上位1%に入るファイルです。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { files: { 'src/desk.ts': methods(25), 'src/b.ts': 'export {};\n' } },
      { files: { 'src/道具.ts': functions(45) } },
      { files: { 'src/long.ts': functions(3) + lines(800) } },
    ],
    good: [
      { files: { 'src/desk.ts': methods(20), 'src/b.ts': functions(40) } },
      { files: { 'src/table.ts': lines(2000), 'src/短い.ts': functions(2) } },
      { files: { 'index.d.ts': methods(25).replace(/ \{\n.*\n {2}\}/g, ';'), 'src/a.ts': functions(5) } },
      { files: { 'src/a.ts': functions(5), 'tests/a.test.ts': functions(90) } },
    ],
  }),

  *check({ files, functions: all, imports, tests }, { maxLines, maxFunctions, maxMethods }) {
    const counts = new Map<string, number>();
    const testsOf = groupByPath(tests);
    for (const { path, kind, body, line } of all) {
      const isTest = testsOf.get(path)?.some((test) => test.line <= line && line <= test.endLine);
      if (NAMED.has(kind) && body !== 'none' && !isTest) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
    const production = files.filter((file) => file.role === 'production' && !DECLARATIONS.test(file.path));
    const hubs = hubsOf(imports, production.length);
    for (const { path, codeLines: allLines, maxClassMethods } of production) {
      const count = counts.get(path) ?? 0;
      const codeLines = Math.max(0, allLines - linesOf(testsOf.get(path) ?? []));
      const reasons = [
        ...(codeLines > maxLines && count >= MIN_FUNCTIONS ? (['lines'] as const) : []),
        ...(count > maxFunctions ? (['functions'] as const) : []),
        ...(maxClassMethods > maxMethods ? (['methods'] as const) : []),
      ];
      const [first] = reasons;
      if (!first) continue;
      const limit = { lines: maxLines, functions: maxFunctions, methods: maxMethods }[first];
      yield {
        messageId: hubs.has(path) ? 'hub' : reasons.length > 1 ? 'several' : first,
        data: { lines: codeLines, functions: count, methods: maxClassMethods, limit },
        location: { path, line: 1 },
        severity: reasons.length > 1 || first === 'lines' || hubs.has(path) ? 'medium' : 'low',
        anchor: 'generalist',
      };
    }
  },
});
