import * as z from 'zod';
import { defineRule } from '../define';
import type { LanguageId } from '../facts/code';
import { languageOfPath } from '../paths';
import type { Severity } from '../types';

/** More broken files than this share of a language: a dialect or an old version, not a mistake. */
const DIALECT_SHARE = 0.02;
const DIALECT_FILES = 3;

export const noParseError = defineRule({
  id: 'strict/no-parse-error',
  catalogue: 'STR-S1',
  group: 'syntax',
  severity: 'critical',
  needs: ['parseErrors', 'files', 'conflictMarkers'],
  limits: { per: 'files', good: 0, bad: 0.02, range: [0, 1] },
  references: ['https://tree-sitter.github.io/tree-sitter/using-parsers/2-basic-parsing.html'],
  tags: ['ISO25010 reliability'],
  options: z.object({}),

  title: { en: 'Every source file can be parsed', ja: 'すべてのソースは構文解析できる' },
  why: {
    en: 'A file that cannot be parsed does not run, and no other check can look inside.',
    ja: '解析できないファイルは動作せず、ほかの検査も中身を見られません。',
  },
  fix: {
    en: 'Mend the syntax at the line named; a left-over merge conflict or a cut-off file is the usual cause.',
    ja: '示された行の構文を直してください。残った衝突の印や途中で切れたファイルがよくある原因です。',
  },
  messages: {
    broken: {
      en: 'The syntax breaks here ({errors} {errors|place|places} in the file).',
      ja: 'ここで構文が壊れています（ファイル内{errors}か所）。',
    },
    unread: {
      en: 'Parts of this file could not be parsed ({errors} {errors|place|places}); it may use a dialect.',
      ja: 'このファイルの一部を解析できません（{errors}か所）。方言の可能性があります。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'export function pay(card: Card {\n  return charge(card;\n' } },
      { files: { 'pay.py': 'def pay(card):\n    return charge(card\n\ndef refund(:\n    pass\n' } },
      { files: { 'pay.go': 'package pay\n\nfunc Pay(card Card {\n\treturn charge(card)\n' } },
    ],
    good: [
      { files: { 'src/pay.ts': 'export const pay = (card: Card) => charge(card) satisfies Receipt;\n' } },
      {
        files: {
          'pay.py': 'def pay(card):\n    match card:\n        case {"id": id}:\n            return f"{id!r}"\n',
        },
      },
      { files: { 'tests/broken.py': 'def pay(:\n', 'pay.py': 'def 支払う(カード):\n    return カード\n' } },
      { files: { 'src/Pay.java': 'sealed interface Pay permits Card {}\nrecord Card(String id) implements Pay {}\n' } },
    ],
  },

  *check({ parseErrors, files, conflictMarkers }) {
    const parsed = new Map<LanguageId, number>();
    for (const { role, language } of files) {
      if (role === 'production' && language) parsed.set(language, (parsed.get(language) ?? 0) + 1);
    }
    const rows = parseErrors.filter((row) => row.role === 'production');
    const broken = new Map<LanguageId, number>();
    for (const { path } of rows) {
      const language = languageOfPath(path);
      if (language) broken.set(language, (broken.get(language) ?? 0) + 1);
    }
    const conflicted = new Set(conflictMarkers.map((marker) => marker.path));
    for (const { path, line, errors } of rows) {
      const language = languageOfPath(path);
      const count = language ? (broken.get(language) ?? 0) : 0;
      const isDialect =
        language !== null && count >= DIALECT_FILES && count > (parsed.get(language) ?? 0) * DIALECT_SHARE;
      const isCertain = conflicted.has(path) || !isDialect;
      const severity: Severity = isCertain ? 'critical' : 'low';
      yield {
        messageId: isCertain ? 'broken' : 'unread',
        data: { errors },
        location: { path, line },
        severity,
        confidence: isCertain ? 0.9 : 0.5,
        anchor: 'parse-error',
      };
    }
  },
});
