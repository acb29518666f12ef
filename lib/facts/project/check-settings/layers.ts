import type { CheckSettingFact } from '@/lib/magics/facts/project';
import { nameOf, type ProjectText } from '../project-text';
import { lineOfMatch } from './line-of';

/** Files that are there for nothing else. */
const OWN_FILES: readonly (readonly [RegExp, string])[] = [
  [/^\.dependency-cruiser\.(?:[cm]?js|json)$/, 'dependency-cruiser'],
  [/^(?:\.importlinter|importlinter\.(?:ini|toml))$/, 'import-linter'],
  [/^tach\.(?:toml|yml)$/, 'tach'],
  [/^sheriff\.config\.ts$/, 'sheriff'],
  [/^fence\.json$/, 'good-fences'],
  [/^deptrac(?:\.[\w-]{1,30})?\.ya?ml$/, 'deptrac'],
  [/^phparkitect\.php$/, 'phparkitect'],
  [/^packwerk\.yml$/, 'packwerk'],
  [/^\.?(?:go-arch-lint|arch-go)\.ya?ml$/, 'go-arch-lint'],
];

/** What other files say, by their names. */
const PARTS: readonly (readonly [file: RegExp, part: RegExp, tool: string])[] = [
  [
    /^(?:\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?|eslint\.config\.[cm]?[jt]s|package\.json|\.oxlintrc\.json)$/,
    /\bboundaries\/|\bno-restricted-(?:paths|imports|modules)\b|\benforce-module-boundaries\b|\bsheriff\b|\bdependency-cruiser\b/,
    'eslint',
  ],
  [/^biome\.jsonc?$/, /\bnoRestrictedImports\b/, 'biome'],
  [
    /^(?:setup\.cfg|pyproject\.toml|tox\.ini)$/,
    /^\[(?:tool\.)?(?:importlinter|tach)\b|\bpytest-?arch(?:on)?\b|\bbanned-api\b/m,
    'import-linter',
  ],
  [
    /^(?:pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml)$/,
    /\b(?:archunit|jqassistant|modulith|konsist|jmolecules|taikai)\b/i,
    'archunit',
  ],
  [/^\.golangci\.ya?ml$/, /\b(?:depguard|gomodguard)\b/, 'golangci-lint'],
  [/^composer\.json$/, /\bdeptrac\b|\bphpat\b|\bphparkitect\b|\bpest-plugin-arch\b/, 'composer'],
  [/\.csproj$/, /\b(?:NetArchTest|ArchUnitNET)\b/, 'archunit'],
  [/^(?:checkstyle|import-control)[\w.-]{0,40}\.xml$/, /\b(?:ImportControl|import-control)\b/, 'checkstyle'],
];

export const isLayerFile = (name: string): boolean =>
  OWN_FILES.some(([file]) => file.test(name)) || PARTS.some(([file]) => file.test(name));

/** Rules on which part of the code may use which. */
export function layerSettings({ path, text }: ProjectText): CheckSettingFact[] {
  const name = nameOf(path);
  const setting = { path, kind: 'layers', level: 'strict', setting: null } as const;
  const own = OWN_FILES.find(([file]) => file.test(name));
  if (own) return [{ ...setting, line: 1, tool: own[1] }];
  const part = PARTS.find(([file, pattern]) => file.test(name) && pattern.test(text));
  return part ? [{ ...setting, line: lineOfMatch(text, part[1]), tool: part[2] }] : [];
}
