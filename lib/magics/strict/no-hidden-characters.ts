import * as z from 'zod';
import type { EditedFile, EditedFinding } from '../define';
import { defineRule } from '../define';
import { replacement } from '../edits/lines';
import type { FileRole, HiddenCharacterFact } from '../facts/code';
import type { LineEdit, Severity } from '../types';

/** Files that people review as code or settings; texts and translations set right-to-left words on purpose. */
const REVIEWED: ReadonlySet<FileRole> = new Set(['production', 'test', 'configuration']);
const TEXTS =
  /(?:^|\/)(?:locales?|lang|langs|i18n|l10n|translations?|messages|po)\/|\.(?:po|arb|ftl|xlf|xliff|strings|resx|html?|md|txt|json|properties|csv)$/i;

/** Tests hold bytes in other encodings to see them read. */
const OF_ENCODINGS: ReadonlySet<HiddenCharacterFact['form']> = new Set(['byte-order-mark', 'mixed-encoding']);

const SEVERITY: Record<HiddenCharacterFact['form'], Severity> = {
  bidi: 'high',
  isolate: 'medium',
  invisible: 'high',
  homoglyph: 'high',
  nul: 'medium',
  'mixed-encoding': 'medium',
  'byte-order-mark': 'low',
};

export const noHiddenCharacters = defineRule({
  id: 'strict/no-hidden-characters',
  catalogue: 'STR-S3',
  group: 'syntax',
  severity: 'high',
  needs: ['hiddenCharacters'],
  limits: { per: 'sites', good: 0, bad: 3 },
  effort: 'trivial',
  references: [
    'https://nvd.nist.gov/vuln/detail/CVE-2021-42574',
    'https://trojansource.codes/',
    'https://www.unicode.org/reports/tr55/',
    'https://cwe.mitre.org/data/definitions/1007.html',
  ],
  tags: ['CWE-1007', 'CWE-451', 'CVE-2021-42574', 'SSDF PW.7', 'ISO27001 A.8.28', 'HIPAA 164.308(a)(5)(ii)(B)'],
  terms: ['trojan source', 'unicode', 'bidi', 'homoglyph'],
  options: z.object({}),

  title: { en: 'No characters that hide what code does', ja: 'コードの実態を隠す文字を含めない' },
  why: {
    en: 'A reviewer sees other code than what runs: order, names or whole texts can be disguised.',
    ja: 'レビューで見えるコードと実行されるコードが食い違います。順序や名前、文章まるごとを偽装できます。',
  },
  fix: {
    en: 'Remove the character, write it as an escape, or save the file as UTF-8.',
    ja: '文字を取り除くか、エスケープで書くか、ファイルを UTF-8 で保存してください。',
  },
  messages: {
    bidi: {
      en: '{code} changes the order in which this line is shown.',
      ja: '{code} により、この行の表示順が変わります。',
    },
    invisible: { en: '{code} is there and shows as nothing.', ja: '{code} は存在しますが、画面には表示されません。' },
    homoglyph: {
      en: 'The name “{code}” mixes look-alike letters of two scripts.',
      ja: '名前「{code}」は、見た目の似た別の文字体系の文字を混ぜています。',
    },
    nul: {
      en: 'A NUL character makes tools treat this text as binary.',
      ja: 'NUL 文字があり、ツールがバイナリとして扱います。',
    },
    mark: {
      en: 'A byte order mark stands inside the text.',
      ja: 'テキストの途中にバイト順マーク（BOM）があります。',
    },
    encoding: {
      en: 'Some bytes are UTF-8 and some, as here, are not.',
      ja: 'UTF-8 の箇所と、ここのように UTF-8 でない箇所が混在しています。',
    },
  },
  edit: withoutMark,
  mends: ({ messageId }) => messageId === 'mark',
  examples: {
    bad: [
      {
        files: {
          'src/auth.ts':
            "export const isAdmin = (role: string) => role !== 'user\u202e \u2066// only admins\u2069 \u2066';\n",
        },
      },
      { files: { 'auth.py': 'def check(user):\n    """ allowed \u202e"""\n    return user.is_admin\n' } },
      { files: { 'src/auth.js': 'export function check(user, \u3164) {\n  return user.ok || \u3164;\n}\n' } },
      { files: { 'auth.go': 'package auth\n\nfunc is\u0410dmin(n int) bool {\n\treturn n > 1\n}\n' } },
      { files: { 'src/Join.java': 'class Join {}\n\ufeffclass Other {}\n' } },
      { files: { 'src/sep.c': 'const char *sep(void) {\n  return "a\u0000b";\n}\n' } },
    ],
    good: [
      { files: { 'src/auth.ts': "export const MARK = '\\u202e';\nexport const 名前 = '値';\nexport const Δx = 1;\n" } },
      {
        files: {
          'src/emoji.py':
            'FLAG = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"\nFAMILY = "\u{1f468}\u200d\u{1f469}"\nNAME = "\u845b\u{e0100}"\n',
        },
      },
      {
        files: {
          'locales/ar.json': '{ "name": "\u2067\u0627\u0633\u0645\u2069" }\n',
          'src/a.ts': 'export const a = 1;\n',
        },
      },
      { files: { 'src/Join.cs': '\ufeffclass Join {}\n' } },
      { files: { 'tests/read.test.ts': "test('reads a mark', () => {\n  expect(read('a\ufeff')).toBe('a');\n});\n" } },
      { files: { 'src/ru.py': '# \u0421\u043a\u0438\u0434\u043a\u0430\nскидка_total = 1\n' } },
    ],
  },

  *check({ hiddenCharacters }) {
    for (const { path, role, line, form, text } of hiddenCharacters) {
      const isReviewed = REVIEWED.has(role) && !TEXTS.test(path);
      if (!isReviewed && !(role === 'binary' && form === 'nul')) continue;
      if (role === 'test' && OF_ENCODINGS.has(form)) continue;
      yield {
        messageId: MESSAGES[form],
        data: { code: text },
        location: { path, line },
        evidence: text,
        severity: SEVERITY[form],
        anchor: `${form} ${text}`,
      };
    }
  },
});

const MESSAGES: Record<HiddenCharacterFact['form'], string> = {
  bidi: 'bidi',
  isolate: 'bidi',
  invisible: 'invisible',
  homoglyph: 'homoglyph',
  nul: 'nul',
  'byte-order-mark': 'mark',
  'mixed-encoding': 'encoding',
};

const BYTE_ORDER_MARK = /\ufeff/g;

/** A byte order mark inside a text is nothing but left over, unless it is part of a value or keeps two words apart. */
function withoutMark({ line }: EditedFinding, { lines }: EditedFile): readonly LineEdit[] {
  const text = lines[line - 1] ?? '';
  if (/["'`]|\w\ufeff+\w/.test(text)) return [];
  return [replacement(line, text.replace(BYTE_ORDER_MARK, ''))];
}
