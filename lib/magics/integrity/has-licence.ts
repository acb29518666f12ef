import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { baseName, directoryOf } from '../paths';
import { declaredLicences, licencesIn } from './licenses';

const LICENCE_FILE = /^(?:(?:un)?licen[cs]es?|copying|copyright|mit-license|apache-license)(?:[._-][^/]*)?$/i;
const HOMES = new Set(['.', 'LICENSES', 'LICENCES', 'licenses', 'docs', '.github', 'legal']);
/** The owner keeps all rights, or says so elsewhere. */
const RESERVED =
  /^(?:UNLICENSED|proprietary|commercial|private|none|all rights reserved|closed|internal)\b|^SEE LICEN[CS]E/i;

export const hasLicence = defineRule({
  id: 'integrity/has-licence',
  catalogue: 'INT-16',
  group: 'transparency',
  severity: 'low',
  upTo: 'medium',
  needs: ['files', 'documents', 'manifests'],
  limits: { per: 'sites', good: 0, bad: 2 },
  effort: 'trivial',
  references: [
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#license',
    'https://spdx.org/licenses/',
    'https://choosealicense.com/no-permission/',
  ],
  tags: ['OSPS-LE-02', 'OSPS-LE-03', 'ISO27001 A.5.32'],
  options: z.object({}),

  title: { en: 'One licence, said the same everywhere', ja: 'ライセンスが明示され、食い違いがない' },
  why: {
    en: 'Without a licence nobody may use the code. Two that differ leave it open which one holds.',
    ja: 'ライセンスがなければ誰もコードを使えません。2つが食い違えば、どちらが有効か分かりません。',
  },
  fix: {
    en: 'Add the text of the licence as LICENSE and give the same SPDX id in each manifest; “UNLICENSED” keeps all rights.',
    ja: 'ライセンス本文を LICENSE として加え、各マニフェストに同じ SPDX 識別子を書いてください。権利を留保するなら UNLICENSED とします。',
  },
  messages: {
    none: {
      en: 'There is neither a licence file nor a declared licence.',
      ja: 'ライセンスファイルも、マニフェストでの宣言もありません。',
    },
    'no-text': {
      en: '“{declared}” is declared, but the text of the licence is not in the repository.',
      ja: '「{declared}」と宣言されていますが、ライセンス本文がリポジトリにありません。',
    },
    differs: {
      en: '“{declared}” is declared, {file} holds {found}.',
      ja: '「{declared}」と宣言されていますが、{file} の内容は {found} です。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/a.ts': 'export {};\n' } },
      { files: { 'package.json': '{"name":"a","license":"MIT"}', 'index.js': 'x();\n' } },
      {
        files: {
          LICENSE: '                 Apache License\n           Version 2.0, January 2004\n',
          'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nlicense = "MIT"\n',
        },
      },
    ],
    good: [
      {
        files: {
          LICENSE:
            'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software\n',
          'package.json': '{"name":"a","license":"MIT"}',
        },
      },
      {
        files: {
          'LICENSE-MIT': 'Permission is hereby granted, free of charge, to any\nperson obtaining a copy of this\n',
          'LICENSE-APACHE': 'Apache License\nVersion 2.0, January 2004\n',
          'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\nlicense = "MIT OR Apache-2.0"\n',
        },
      },
      { files: { 'package.json': '{"name":"a","private":true,"license":"UNLICENSED"}', 'index.js': 'x();\n' } },
      {
        files: {
          'COPYING.txt': 'GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\n',
          'pyproject.toml': '[project]\nname = "a"\nlicense = "GPL-3.0-or-later"\n',
          'plugin/package.json': '{"name":"b","license":"Custom-1"}',
        },
      },
      { files: { LICENSE: '利用規約\n\n社内でのみ利用できます。\n', 'package.json': '{"name":"a","license":"MIT"}' } },
    ],
  },

  *check({ files, documents, manifests }): CheckOutput {
    const names = files.map(({ path }) => path).filter(isLicencePath);
    const texts = documents
      .filter(({ path }) => isLicencePath(path))
      .map(({ path, text }) => ({ path, ids: licencesIn(text) }));
    const declared = manifests.flatMap(({ path, license }) => (license === null ? [] : [{ path, license }]));
    const [first] = declared;
    if (names.length === 0) {
      if (!first) yield { messageId: 'none', anchor: 'none' };
      else if (!declared.some(({ license }) => RESERVED.test(license))) {
        yield { messageId: 'no-text', data: { declared: first.license }, location: { path: first.path, line: 1 } };
      }
      return;
    }
    // A text that is not known may be any licence, and a file whose text was not read holds one.
    const found = [...new Set(texts.flatMap(({ ids }) => ids))].sort();
    const [file] = texts;
    if (!file || texts.length < names.length || texts.some(({ ids }) => ids.length === 0)) return;
    for (const { path, license } of declared) {
      if (path.includes('/')) continue;
      const ids = declaredLicences(license);
      if (!ids || ids.some((id) => found.includes(id))) continue;
      yield {
        messageId: 'differs',
        data: { declared: license, file: file.path, found: found.join(', ') },
        location: { path, line: 1 },
        severity: 'medium',
      };
    }
  },
});

function isLicencePath(path: string): boolean {
  const directory = directoryOf(path);
  if (/^licen[cs]es$/i.test(directory)) return true;
  return HOMES.has(directory) && LICENCE_FILE.test(baseName(path));
}
