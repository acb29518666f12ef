import * as z from 'zod';
import { defineRule } from '../define';
import { stubsIn } from '../integrity/no-stub';
import { findMarker } from '../markers';
import type { Location, RawFinding } from '../types';
import { componentFinder, functionsByComponent } from './component-functions';

const LISTED = 10;

const real = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `export function price${index}(x: number) {\n  return x + ${index};\n}\n`,
  );
const stubs = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `export function send${index}(x: number) {\n  throw new Error('not implemented');\n}\n`,
  );
const noted = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `// TODO: round\nexport function tax${index}(x: number) {\n  return x * ${index};\n}\n`,
  );
const join = (...parts: string[][]) => parts.flat().join('\n');

function groupByComponent<Row>(rows: readonly Row[], componentOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = componentOf(row);
    const known = groups.get(id);
    if (known) known.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}

export const noStubComponent = defineRule({
  id: 'servant/no-stub-component',
  catalogue: 'SRV-01',
  group: 'substance',
  severity: 'high',
  confidence: 0.9,
  needs: ['components', 'files', 'functions', 'comments'],
  limits: { per: 'measure', good: 0, bad: 0.2, range: [0, 1] },
  effort: 'large',
  references: ['https://doi.org/10.1109/ICSME.2014.31', 'https://rules.sonarsource.com/java/RSPEC-1186/'],
  tags: ['CWE-1071', 'ISO27001 A.8.28'],
  options: z.object({
    maxStubShare: z.number().min(0).max(1).default(0.2),
    maxDebtShare: z.number().min(0).max(1).default(0.1),
  }),

  title: { en: 'No part that only pretends to work', ja: '名ばかりの部品を残さない' },
  why: {
    en: 'A part full of stubs or open notes is planned as done and fails as soon as somebody leans on it.',
    ja: '仮の関数や未完の覚え書きだらけの部品は、完成したものとして扱われ、頼った途端に破綻します。',
  },
  fix: {
    en: 'Finish the part before others build on it, or take it out until it is needed.',
    ja: 'ほかの部品が使う前に完成させるか、必要になるまで取り除いてください。',
  },
  messages: {
    stubs: {
      en: '{count} of the {functions} functions of “{component}” are stubs ({percent} %, limit {limit} %).',
      ja: '「{component}」の関数{functions}個のうち{count}個が仮の実装です（{percent}%、上限{limit}%）。',
    },
    debt: {
      en: '{count} notes of unfinished work for the {functions} functions of “{component}” ({percent} %, limit {limit} %).',
      ja: '「{component}」の関数{functions}個に対し、未完の覚え書きが{count}件あります（{percent}%、上限{limit}%）。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay/pay.ts': join(real(15), stubs(6)), 'src/tax/tax.ts': join(real(25)) } },
      { files: { 'src/支払/pay.ts': join(real(18), noted(4)), 'src/tax/tax.ts': join(real(25)) } },
      {
        files: {
          'pay/pay.py': [
            ...Array.from({ length: 14 }, (_, index) => `def price_${index}(x):\n    return x + ${index}\n`),
            ...Array.from({ length: 8 }, (_, index) => `def send_receipt_${index}(card):\n    pass\n`),
          ].join('\n\n'),
        },
      },
    ],
    good: [
      { files: { 'src/pay/pay.ts': join(real(20), stubs(3)), 'src/tax/tax.ts': join(real(25), noted(2)) } },
      { files: { 'src/pay/pay.ts': join(stubs(8)), 'src/tax/tax.ts': join(real(25)) } },
      { files: { 'src/pay/pay.ts': join(real(20)), 'tests/pay.test.ts': join(stubs(20), noted(20)) } },
      {
        files: {
          'src/pay/pay.go': `package pay\n\n${Array.from({ length: 22 }, (_, index) => `type null${index} struct{}\n\nfunc (null${index}) Write(text string) {}\n`).join('\n')}`,
        },
      },
    ],
  },

  *check({ components, files, functions, comments }, { maxStubShare, maxDebtShare }) {
    const componentOf = componentFinder(files);
    const stubsOf = groupByComponent(stubsIn(functions), ({ location }) => componentOf(location?.path ?? ''));
    const marked = comments.filter(({ role, text }) => role === 'production' && findMarker(text) !== null);
    const markersOf = groupByComponent(marked, ({ path }) => componentOf(path));
    let unfinished = 0;
    let total = 0;
    let isAnyOver = 0;
    for (const { id, functions: own } of functionsByComponent(components, files, functions)) {
      const places = {
        stubs: (stubsOf.get(id) ?? []).flatMap(({ location }) => location ?? []),
        debt: (markersOf.get(id) ?? []).map(({ path, line }) => ({ path, line })),
      };
      total += own.length;
      const over = [
        ...report('stubs', id, own.length, places.stubs, maxStubShare),
        ...report('debt', id, own.length, places.debt, maxDebtShare),
      ];
      yield* over;
      if (over.length > 0) {
        unfinished += own.length;
        isAnyOver += 1;
      }
    }
    return { value: unfinished / total, population: total, metrics: { unfinished_components: isAnyOver } };
  },
});

function report(
  messageId: 'stubs' | 'debt',
  component: string,
  functions: number,
  places: readonly Location[],
  limit: number,
): RawFinding[] {
  const share = places.length / functions;
  const [location, ...related] = places;
  if (share <= limit || !location) return [];
  const percent = (value: number) => Math.round(value * 100);
  return [
    {
      messageId,
      data: { component, count: places.length, functions, percent: percent(share), limit: percent(limit) },
      location,
      related: related.slice(0, LISTED),
      severity: messageId === 'stubs' ? 'high' : 'medium',
      anchor: `${messageId} ${component}`,
    },
  ];
}
