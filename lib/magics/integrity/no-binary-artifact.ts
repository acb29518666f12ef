import * as z from 'zod';
import { defineRule } from '../define';
import type { FileFact } from '../facts/code';
import { baseName, extensionOf } from '../paths';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const PROGRAMS = words(
  'exe dll so dylib o a lib obj class jar war ear aar dex apk aab ipa elf ko msi wasm node pdb dSYM',
);
const PACKAGES = words('whl egg deb rpm pkg dmg iso nupkg gem crx xpi vsix');
const ARCHIVES = words('zip tar gz tgz bz2 tbz2 xz txz 7z rar zst cab');
/** Checked by the build tools that put them there. */
const WRAPPERS = /(?:^|\/)(?:gradle\/wrapper\/gradle-wrapper|\.mvn\/wrapper\/maven-wrapper)\.jar$|(?:^|\/)\.yarn\//;
/** Read as data by tests, documents or examples. */
const SAMPLE =
  /(?:^|\/)(?:tests?|__tests__|testing|spec|fixtures?|test[-_]?(?:data|files|resources)|samples?|examples?|demos?|fuzz(?:ing)?|corpus|corpora|docs?|benchmarks?|benches|assets?|static|public|media|images?|fonts?|datasets?|data)\//i;

type Kind = 'program' | 'package' | 'archive';

export const noBinaryArtifact = defineRule({
  id: 'integrity/no-binary-artifact',
  catalogue: 'INT-15',
  group: 'transparency',
  severity: 'high',
  needs: ['files'],
  limits: { per: 'sites', good: 0, bad: 5 },
  references: ['https://github.com/ossf/scorecard/blob/main/docs/checks.md#binary-artifacts'],
  tags: ['CWE-506', 'ISO27001 A.8.4', 'SSDF PW.4', 'OSPS-QA-05', 'SLSA', 'HIPAA 164.308(a)(5)(ii)(B)'],
  options: z.object({
    /** Further files that are meant to be here, by exact path. */
    allow: z.array(z.string().max(500)).max(200).default([]),
  }),

  title: { en: 'No binaries that nobody can review', ja: 'レビューできないバイナリーを管理しない' },
  why: {
    en: 'A compiled file may hold anything. Nobody can compare it with the source it is said to come from.',
    ja: 'コンパイル済みのファイルには何でも隠せます。元のソースと同じかどうかを誰も確かめられません。',
  },
  fix: {
    en: 'Build it in the pipeline or fetch it by version and checksum, and remove it with “git rm”.',
    ja: 'パイプラインで作るか、版とチェックサムを指定して取得し、git rm で外してください。',
  },
  messages: {
    program: {
      en: 'A compiled program or library is tracked ({kilobytes} kB).',
      ja: 'コンパイル済みのプログラムまたはライブラリーが管理対象です（{kilobytes} kB）。',
    },
    package: {
      en: 'A built package is tracked ({kilobytes} kB).',
      ja: 'ビルド済みのパッケージが管理対象です（{kilobytes} kB）。',
    },
    archive: {
      en: 'An archive is tracked; what is inside is not reviewed ({kilobytes} kB).',
      ja: '書庫ファイルが管理対象です。中身はレビューされません（{kilobytes} kB）。',
    },
  },
  examples: {
    bad: [
      { files: { 'lib/pay.jar': 'PK\u0003\u0004\u0000\u0000\u0008\u0000Pay.class', 'src/Pay.java': 'class Pay {}\n' } },
      { files: { 'tools/convert': '\u007fELF\u0002\u0001\u0001\u0000\u0000\u0000', 'main.go': 'package main\n' } },
      { files: { 'vendor/legacy.dll': 'MZ\u0000\u0000', 'src/a.cs': 'class A {}\n' } },
      { files: { '部品/旧版.zip': 'PK\u0003\u0004\u0000\u0000\u0008\u0000', 'src/a.py': 'x = 1\n' } },
    ],
    good: [
      {
        files: {
          'gradle/wrapper/gradle-wrapper.jar': 'PK\u0003\u0004\u0000\u0000',
          'build.gradle': 'version = "1"\n',
          'docs/logo.png': '\u0089PNG\r\n\u0000\u0000',
          'src/font.woff2': 'wOF2\u0000\u0000',
        },
      },
      {
        files: {
          'internal/elf/testdata/hello.so': '\u007fELF\u0002\u0001\u0001\u0000\u0000',
          'tests/data/a.zip': 'PK\u0003\u0004\u0000\u0000',
          'src/Unzip.java': 'class Unzip {}\n',
        },
      },
      // Names only: text, or empty.
      {
        files: { 'src/types.lib': 'plain text\n', 'src/a.class': '', 'src/index.so': '# Somali\n', 'a.py': 'x = 1\n' },
      },
    ],
  },

  *check({ files }, { allow }) {
    const allowed = new Set(allow);
    for (const file of files) {
      const kind = kindOf(file);
      if (!kind || allowed.has(file.path) || WRAPPERS.test(file.path)) continue;
      if (file.role === 'fixture' || file.role === 'test' || file.role === 'documentation') continue;
      if (SAMPLE.test(file.path)) continue;
      yield {
        messageId: kind,
        data: { kilobytes: Math.max(1, Math.round(file.sizeBytes / 1000)) },
        location: { path: file.path, line: 1 },
        severity: kind === 'program' ? 'high' : 'medium',
        anchor: kind,
      };
    }
  },
});

/** By content where it was read; of a file too large to be read the name is all there is. */
function kindOf({ path, sizeBytes, skipped, binaryKind }: FileFact): Kind | null {
  if (sizeBytes === 0 || (skipped !== 'binary' && skipped !== 'too-large')) return null;
  const extension = extensionOf(path);
  if (PROGRAMS.has(extension) || (skipped === 'too-large' && /\.so(?:\.\d{1,4}){1,4}$/.test(baseName(path))))
    return 'program';
  if (binaryKind === 'executable') return 'program';
  if (PACKAGES.has(extension)) return 'package';
  return ARCHIVES.has(extension) && (binaryKind === 'archive' || skipped === 'too-large') ? 'archive' : null;
}
