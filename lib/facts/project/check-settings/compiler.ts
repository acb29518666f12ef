import type { CheckSettingFact } from '@/lib/magics/facts/project';
import { nameOf, type ProjectText } from '../project-text';
import { lineOfMatch } from './line-of';

const BUILD =
  /^(?:CMakeLists\.txt|(?:GNU)?[Mm]akefile(?:\.(?:am|in))?|meson\.build|configure\.ac|SConstruct|[\w.-]{1,60}\.(?:cmake|mk|vcxproj)|BUILD(?:\.bazel)?|\.bazelrc|xmake\.lua|build\.zig|CMakePresets\.json)$/;
/** Builds something in a language whose compiler can warn. */
const COMPILES =
  /\b(?:CC|CXX|CFLAGS|CXXFLAGS)\b|\b(?:gcc|g\+\+|clang)\b|\badd_(?:executable|library)\s?\(|\bcc_(?:library|binary)\(|\bAC_PROG_(?:CC|CXX)\b|<ClCompile\b/;
const WARNINGS =
  /(?:^|[\s"'=;(])-W(?:all|extra|everything|pedantic)\b|[\s"'=;(]-W(?=[\s"']|$)|[\s"'=;(]\/W[34]\b|<WarningLevel>(?:Level)?[34]|EnableAllWarnings|\bset_warnings\(|\bwarnings\b/m;

export const isBuildFile = (name: string): boolean => BUILD.test(name);

/** Do the files that compile C and C++ ask for warnings? Meson does unless it is told not to. */
export function compilerSettings({ path, text }: ProjectText): CheckSettingFact[] {
  const name = nameOf(path);
  if (!isBuildFile(name)) return [];
  const setting = { path, kind: 'warnings', tool: 'compiler', setting: null } as const;
  if (name === 'meson.build')
    return [{ ...setting, line: 1, level: /\bwarning_level=0\b/.test(text) ? 'lax' : 'strict' }];
  if (WARNINGS.test(text)) return [{ ...setting, line: lineOfMatch(text, WARNINGS), level: 'strict' }];
  return COMPILES.test(text) ? [{ ...setting, line: lineOfMatch(text, COMPILES), level: 'lax' }] : [];
}
