import type { IconName } from '@/components/marks/Icon';
import type { Configuration } from '@/lib/schemas/configuration';

export const EDITOR_SECTIONS = [
  'judging',
  'rules',
  'paths',
  'own',
  'repository',
  'schedule',
  'pullRequests',
  'compliance',
  'badge',
  'overrides',
] as const;
export type EditorSection = (typeof EDITOR_SECTIONS)[number];

export const SECTION_ICONS: Record<EditorSection, IconName> = {
  judging: 'sliders',
  rules: 'rules',
  paths: 'filter',
  own: 'wrench',
  repository: 'branch',
  schedule: 'clock',
  pullRequests: 'branch',
  compliance: 'check',
  badge: 'globe',
  overrides: 'projects',
};

/** Where each part of a configuration is edited; null: on the page of the gate. */
const SECTION_OF: Record<keyof Configuration, EditorSection | null> = {
  strictness: 'judging',
  focusAreas: 'judging',
  magics: 'judging',
  rules: 'rules',
  ignorePaths: 'paths',
  pathRules: 'paths',
  ownRules: 'own',
  repository: 'repository',
  gate: null,
  schedule: 'schedule',
  retention: 'schedule',
  pullRequests: 'pullRequests',
  branches: 'pullRequests',
  complianceFrameworks: 'compliance',
  publicBadge: 'badge',
  overrides: 'overrides',
};

export function sectionOf(path: readonly string[]): EditorSection | null {
  return SECTION_OF[path[0] as keyof Configuration] ?? null;
}

export function parseSection(text: string | null): EditorSection | null {
  return EDITOR_SECTIONS.find((section) => section === text) ?? null;
}
