import * as z from 'zod';
import { OWN_UNREAD } from '@/lib/magics/facts/own';
import { OwnRule } from '@/lib/magics/own-rules/own-rule';

export { OwnRule } from '@/lib/magics/own-rules/own-rule';

/** Projects that one test looks at. */
export const MOST_TESTED_PROJECTS = 10;
/** Of a project, how many files and bytes one test reads. */
export const MOST_TESTED_FILES = 2_000;
export const MOST_TESTED_BYTES = 16 * 1024 ** 2;
/** Matches of a project that a test shows. */
export const MOST_SHOWN_MATCHES = 50;

/** POST /teams/{teamId}/own-rules/test */
export const OwnRuleTestRequest = z.strictObject({
  rule: OwnRule,
  projectIds: z
    .array(z.uuid())
    .min(1)
    .max(MOST_TESTED_PROJECTS)
    .optional()
    .describe('Of the team; those it audited last when left out'),
});
export type OwnRuleTestRequest = z.infer<typeof OwnRuleTestRequest>;

export const OwnRuleTestProject = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  commit: z.string().nullable().describe('The one its current audit judged'),
  notLookedAt: z
    .enum(['no-audit', 'not-kept', 'no-time'])
    .nullable()
    .describe(
      '`no-audit`: nothing judged yet; `not-kept`: this machine does not keep the commit; `no-time`: others came first',
    ),
  filesAsked: z.number().int(),
  filesLeftOut: z.number().int().describe('Files that an audit would ask and the test did not'),
  total: z.number().int().describe('Matches in the files that were asked'),
  matches: z
    .array(
      z.object({
        path: z.string().nullable().describe('null: about the whole repository'),
        line: z.number().int().nullable(),
        endLine: z.number().int().nullable(),
        excerpt: z.string().describe('The line, credentials masked'),
        match: z.string(),
      }),
    )
    .describe(`The first ${MOST_SHOWN_MATCHES}`),
  unread: z
    .array(z.object({ path: z.string(), reason: z.enum(OWN_UNREAD) }))
    .describe('Files that could not be asked, the first of them'),
  timeMs: z.number().int(),
});
export type OwnRuleTestProject = z.infer<typeof OwnRuleTestProject>;

export const OwnRuleTest = z.object({
  projects: z.array(OwnRuleTestProject),
  projectsLeftOut: z.number().int().describe('Projects of the team that were not asked for'),
  total: z.number().int(),
  timeMs: z.number().int(),
});
export type OwnRuleTest = z.infer<typeof OwnRuleTest>;
