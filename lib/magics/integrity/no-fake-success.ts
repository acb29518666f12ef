import * as z from 'zod';
import { defineRule } from '../define';
import type { FunctionFact } from '../facts/code';
import { languageOfPath } from '../paths';
import { isDeliberatelyEmpty, leadingVerb, polymorphicNames } from '../placeholders';

const VERBS = new Set(
  'validate check verify auth authenticate authorize save send process submit persist store upload publish charge pay refund transfer approve confirm ensure deliver sign encrypt login sync deploy backup commit notify execute delete update'.split(
    ' ',
  ),
);
/** `isValid`, `is_authorized`, `hasPermission`, `canEdit`: the answer decides about safety. */
const ANSWER = /^[_$]*(?:is|has|can)_?(?:valid|auth\w*|allow\w*|permi\w*|verif\w*|trusted|safe|secure|access)/i;
const SUCCESS =
  /^(?:true|["'`](?:ok|okay|success|succeeded|done|valid|passed|verified|approved)["'`]|(?:Http\w*\.)?ok|200|201|ok\(\(\)\))$/i;

function isFakeSuccess(fn: FunctionFact): boolean {
  if (fn.role !== 'production' || (fn.kind !== 'function' && fn.kind !== 'method')) return false;
  if (fn.body !== 'constant' || fn.parameters === 0 || fn.unusedParameters !== fn.parameters) return false;
  const constant = (fn.constant ?? '').trim();
  const isGoSuccess = constant === 'nil' && languageOfPath(fn.path) === 'go' && fn.container === null;
  if (!SUCCESS.test(constant) && !isGoSuccess) return false;
  return VERBS.has(leadingVerb(fn.name)) || ANSWER.test(fn.name);
}

export const noFakeSuccess = defineRule({
  id: 'integrity/no-fake-success',
  catalogue: 'INT-06',
  group: 'completion',
  severity: 'high',
  needs: ['functions'],
  limits: { per: 'sites', good: 0, bad: 3 },
  references: ['https://rules.sonarsource.com/java/RSPEC-3516/', 'https://cwe.mitre.org/data/definitions/393.html'],
  tags: ['CWE-393', 'OWASP A04', 'ISO27001 A.8.28'],
  options: z.object({}),

  title: { en: 'No success without work', ja: '何もせずに成功を返さない' },
  why: {
    en: 'Callers rely on the answer. A check that never looks lets everything through; a save that never saves loses data.',
    ja: '呼び出し側は結果を信じます。何も見ない検証はすべてを通し、何も保存しない保存はデータを失わせます。',
  },
  fix: {
    en: 'Do what the name says with the arguments given, or fail openly until it is done.',
    ja: '渡された引数に対して名前どおりの処理を行ってください。未実装の間は明示的に失敗させてください。',
  },
  messages: {
    fake: {
      en: '“{name}” looks at none of its arguments and always answers {value}.',
      ja: '「{name}」は引数を一切見ずに、常に {value} と答えます。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/auth.ts': 'export function validateToken(token: string): boolean {\n  return true;\n}\n' } },
      { files: { 'store.py': 'def save_order(order, user):\n    return True\n' } },
      { files: { 'pay/pay.go': 'package pay\n\nfunc VerifyCard(card Card) bool {\n\treturn true\n}\n' } },
      { files: { 'src/Mail.java': 'class Mail {\n  boolean sendReceipt(String to) {\n    return true;\n  }\n}\n' } },
    ],
    good: [
      {
        files: {
          'src/auth.ts': 'export function validateToken(token: string): boolean {\n  return token.length > 20;\n}\n',
        },
      },
      { files: { 'features.py': 'def supports_ssl(server):\n    return True\n' } },
      { files: { 'src/auth.js': 'export class NoopAuth {\n  authorize(user) {\n    return true;\n  }\n}\n' } },
      {
        files: {
          'tests/fakes.py': 'def save_order(order):\n    return True\n',
          'shop.py': 'def total(order):\n    return order.net + order.tax\n',
        },
      },
    ],
  },

  *check({ functions }) {
    const shared = polymorphicNames(functions);
    for (const fn of functions) {
      if (!isFakeSuccess(fn) || isDeliberatelyEmpty(fn) || fn.isOverride) continue;
      const isVariant = fn.container !== null && shared.has(fn.name);
      const name = fn.container ? `${fn.container}.${fn.name}` : fn.name;
      yield {
        messageId: 'fake',
        data: { name, value: fn.constant ?? '' },
        location: { path: fn.path, line: fn.line, endLine: fn.endLine },
        severity: isVariant ? 'low' : 'high',
        confidence: isVariant ? 0.5 : 0.9,
      };
    }
  },
});
