import type { Configuration, SectionKey } from '@/lib/schemas/configuration';

/** The parts of the page, in its order, and what a project may set in each. */
export const PROJECT_PARTS = {
  judging: ['strictness', 'focusAreas', 'magics'],
  gate: ['gate'],
  rules: ['rules'],
  paths: ['ignorePaths', 'pathRules'],
  repository: ['repository'],
  schedule: ['schedule', 'retention'],
  pullRequests: ['branches', 'pullRequests'],
  compliance: ['complianceFrameworks'],
} as const satisfies Record<string, readonly SectionKey[]>;
export type ProjectPart = keyof typeof PROJECT_PARTS;

export const PROJECT_PART_IDS = Object.keys(PROJECT_PARTS) as ProjectPart[];

/** Those of which the team allows something. */
export function partsOf(allowed: readonly SectionKey[]): ProjectPart[] {
  return PROJECT_PART_IDS.filter((part) => PROJECT_PARTS[part].some((section) => allowed.includes(section)));
}

export function partOf(section: string): ProjectPart | null {
  const isIn = (part: ProjectPart) =>
    (PROJECT_PARTS[part] as readonly (keyof Configuration)[]).some((one) => one === section);
  return PROJECT_PART_IDS.find(isIn) ?? null;
}

/** Of the element that holds a part. */
export const anchorOf = (part: ProjectPart | 'own') => `part-${part}`;
