import * as z from 'zod';
import { PageRequest, PlainText } from './common';

export const ECOSYSTEMS = ['npm', 'python', 'go', 'cargo', 'maven', 'gradle', 'composer', 'bundler', 'nuget'] as const;
export const Ecosystem = z.enum(ECOSYSTEMS);
export type Ecosystem = z.infer<typeof Ecosystem>;

export const DEPENDENCY_KINDS = ['direct', 'transitive', 'vulnerable'] as const;
export const DependencyKind = z.enum(DEPENDENCY_KINDS);
export type DependencyKind = z.infer<typeof DependencyKind>;

export const DependencyFilter = PageRequest.extend({
  ecosystem: Ecosystem.optional().describe('All unless given'),
  kind: DependencyKind.optional().describe(
    '`direct`: a manifest asks for it; `transitive`: it came with others; `vulnerable`: with a known vulnerability',
  ),
  search: PlainText.max(200).optional().describe('Part of a name'),
});
export type DependencyFilter = z.infer<typeof DependencyFilter>;

const DependencyAdvisory = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  summary: z.string(),
  score: z.number().nullable().describe('CVSS base score; null when the data gives none that can be computed'),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  fixedIn: z.string().nullable().describe('Lowest version after this one that mends it'),
});

export const DependencyView = z.object({
  ecosystem: Ecosystem,
  name: z.string(),
  version: z.string(),
  isDirect: z.boolean(),
  isDevelopment: z.boolean().describe('Nothing but development, tests or documentation leads to it'),
  path: z.string().describe('File that states the version'),
  line: z.number().int(),
  manifest: z.string().nullable().describe('Manifest that asked for it, else the one beside the file'),
  licence: z.string().nullable().describe('As the file says it; null when it does not'),
  advisories: z.array(DependencyAdvisory).nullable().describe('Worst first; null without advisory data'),
  upgradeTo: z.string().nullable().describe('Lowest version that mends all that any version mends'),
});
export type DependencyView = z.infer<typeof DependencyView>;

/** GET /projects/{id}/dependencies */
export const DependencyPage = z.object({
  source: z
    .object({ auditId: z.uuid(), auditNumber: z.number().int(), commitId: z.string() })
    .nullable()
    .describe('The audit that read them; null before one did'),
  summary: z.object({
    packages: z.number().int(),
    direct: z.number().int(),
    vulnerable: z.number().int().nullable().describe('Dependencies with a known vulnerability; null without data'),
    ecosystems: z.array(z.object({ ecosystem: Ecosystem, packages: z.number().int(), direct: z.number().int() })),
  }),
  lockFiles: z
    .array(
      z.object({
        path: z.string(),
        ecosystem: Ecosystem,
        packages: z.number().int(),
        state: z.enum(['read', 'cut', 'unread']),
      }),
    )
    .describe('Files that state versions. `cut`: more than were kept; `unread`: unknown format, broken or too large'),
  unlocked: z
    .array(z.object({ path: z.string(), ecosystem: Ecosystem, dependencies: z.number().int() }))
    .describe('Manifests of which no file states the versions'),
  advisories: z
    .object({ date: z.string(), source: z.string(), leftOut: z.number().int() })
    .nullable()
    .describe('The data that was compared with; null without'),
  items: z.array(DependencyView).describe('Vulnerable ones first, then by ecosystem, name and version'),
  total: z.number().int(),
  nextCursor: z.string().nullable(),
});
export type DependencyPage = z.infer<typeof DependencyPage>;
