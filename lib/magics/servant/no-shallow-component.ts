import * as z from 'zod';
import { defineRule } from '../define';
import { polymorphicNames } from '../placeholders';
import { functionsByComponent, MIN_COMPONENT_FUNCTIONS } from './component-functions';

const MAX_MEAN = 2;
const PASS_THROUGH = 0.8;

const passing = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, index) => `export function pay${from + index}(x: number) {\n  return bank.pay(x);\n}\n`,
  ).join('\n');
const working = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `export function price${index}(x: number) {\n  const rate = x * ${index};\n  return rate + 1;\n}\n`,
  ).join('\n');
const java = (count: number) =>
  `package acme.pay;\n\npublic class Facade {\n  private final Bank bank;\n\n${Array.from({ length: count }, (_, index) => `  public long pay${index}(long x) {\n    return bank.pay(x);\n  }\n`).join('\n')}}\n`;

export const noShallowComponent = defineRule({
  id: 'servant/no-shallow-component',
  catalogue: 'SRV-02',
  group: 'substance',
  severity: 'low',
  confidence: 0.85,
  needs: ['components', 'files', 'functions'],
  limits: null,
  effort: 'large',
  references: ['https://refactoring.guru/smells/middle-man', 'https://refactoring.com/catalog/removeMiddleMan.html'],
  tags: [],
  options: z.object({}),

  title: { en: 'No part that only passes calls on', ja: '呼び出しを取り次ぐだけの部品を作らない' },
  why: {
    en: 'A layer that adds nothing must still be read, changed and tested with every change below it.',
    ja: '何も加えない層でも、下が変わるたびに読み、直し、テストする必要があります。',
  },
  fix: {
    en: 'Let callers use what lies behind it, or move the rules that belong here into it.',
    ja: '呼び出し側から背後の部品を直接使うか、ここにあるべき処理を移してください。',
  },
  messages: {
    shallow: {
      en: '{count} of the {functions} functions of “{component}” only call another one ({percent} %).',
      ja: '「{component}」の関数{functions}個のうち{count}個は、別の関数を呼ぶだけです（{percent}%）。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay/facade.ts': passing(24), 'src/tax/tax.ts': working(22) } },
      { files: { 'src/main/java/acme/pay/Facade.java': java(22) } },
      { files: { 'src/支払/a.ts': passing(12), 'src/支払/b.ts': passing(12, 12), 'src/tax/tax.ts': working(3) } },
    ],
    good: [
      { files: { 'src/pay/facade.ts': passing(24) + working(8), 'src/tax/tax.ts': working(22) } },
      { files: { 'src/pay/facade.ts': passing(19), 'src/tax/tax.ts': working(22) } },
      {
        files: {
          'src/main/java/acme/pay/Facade.java': java(22),
          'src/main/java/acme/pay/Other.java': java(22).replace('class Facade', 'class Other'),
        },
      },
      { files: { 'src/tax/tax.ts': working(22), 'tests/pay.ts': passing(30) } },
    ],
  },

  *check({ components, files, functions }) {
    // The same name elsewhere is an interface that this part adapts to: passing on is its job.
    const adapted = polymorphicNames(functions.filter(({ container }) => container !== null));
    let judged = 0;
    let shallow = 0;
    for (const { id, functions: all } of functionsByComponent(components, files, functions)) {
      const own = all.filter(({ kind }) => kind !== 'constructor' && kind !== 'accessor');
      if (own.length < MIN_COMPONENT_FUNCTIONS) continue;
      judged += 1;
      const mean = own.reduce((sum, { cyclomatic }) => sum + cyclomatic, 0) / own.length;
      const passing = own.filter(
        ({ body, name, container }) => body === 'delegate' && (container === null || !adapted.has(name)),
      );
      const share = passing.length / own.length;
      const [first] = passing;
      if (mean >= MAX_MEAN || share <= PASS_THROUGH || !first) continue;
      shallow += 1;
      yield {
        messageId: 'shallow',
        data: { component: id, count: passing.length, functions: own.length, percent: Math.round(share * 100) },
        location: { path: first.path, line: first.line },
        anchor: `shallow ${id}`,
      };
    }
    return { value: shallow, metrics: { judged_components: judged, shallow_components: shallow } };
  },
});
