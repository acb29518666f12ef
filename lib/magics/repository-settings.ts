import * as z from 'zod';
import type { Rule } from './define';
import { OWN_RULE_ID } from './own-rules/own-rule';
import { isPathGlob } from './path-globs';
import { magics } from './registry';
import { MAGIC_IDS } from './types';

export const MIN_REASON = 3;
const MAX_REASON = 300;
const LETTER = /\p{L}/u;

/** Whether a text says why. */
export function isReason(text: string): boolean {
  return text.length >= MIN_REASON && LETTER.test(text);
}

const Glob = z
  .string()
  .min(1)
  .max(200)
  .refine(isPathGlob, { params: { problem: 'bad-glob' } })
  .describe('`*` within a name, `**` for any number of folders, a `/` at the end for all below');

const rules = magics.flatMap((magic) => magic.rules);
const ruleIds = rules.map(({ id }) => id as string).sort();

/** Ids of the rules that are built in. */
export const RULE_IDS: ReadonlySet<string> = new Set(ruleIds);

/** Whether a suppression may name it. Which rules of its own a team has, a repository does not know. */
export function isRuleId(id: string): boolean {
  return RULE_IDS.has(id) || (id.length <= 60 && OWN_RULE_ID.test(id));
}

const RuleId = z
  .string()
  .refine(isRuleId, { params: { problem: 'unknown-rule' } })
  .describe('Id of the rule');
const RULE_ID_FORM = `^((${MAGIC_IDS.join('|')})/(no|has)-[a-z0-9-]+|own/[a-z0-9-]+)$`;

const ownRules = rules
  .filter(({ repositoryOptions }) => repositoryOptions.length > 0)
  .map((rule): [string, z.ZodType] => [
    rule.id,
    z
      .strictObject({ options: z.strictObject(ownOptions(rule)) })
      .describe(rule.title.en)
      .optional(),
  ]);

/** The rule's own schemas: what is valid here is valid to the rule. */
function ownOptions({ id, options, repositoryOptions }: Rule): z.core.$ZodLooseShape {
  const shape: Record<string, z.core.$ZodType> = options instanceof z.ZodObject ? options.shape : {};
  return Object.fromEntries(
    repositoryOptions.map((name) => {
      const option = shape[name];
      if (!option) throw new Error(`${id} has no option ${name}`);
      return [name, option];
    }),
  );
}

/** The file `.elder.yml` of a repository. It adds words and asks for exceptions with a reason; the team's policy decides. */
export const RepositorySettings = z.strictObject({
  version: z.literal(1).describe('Of this format'),
  ignorePaths: z
    .array(Glob)
    .max(100)
    .default([])
    .describe('Paths no rule looks at, as far as the team lets it. They are counted and shown'),
  rules: z
    .strictObject(
      Object.fromEntries(ownRules) as Record<string, z.ZodType<{ options: Record<string, string[]> } | undefined>>,
    )
    .default({})
    .describe('Words of this repository that rules should know'),
  suppressions: z
    .array(
      z.strictObject({
        rule: RuleId,
        path: Glob.optional().describe('Only there; everywhere otherwise'),
        reason: z
          .string()
          .trim()
          .min(MIN_REASON)
          .max(MAX_REASON)
          .refine(isReason, { params: { problem: 'no-reason' } })
          .describe('Why the findings may stand'),
        expires: z.iso.date().describe('Last day on which it counts, as 2026-12-31'),
      }),
    )
    .max(200)
    .default([])
    .describe('Findings that may stand: listed with their reason, without weight in the score'),
});
export type RepositorySettings = z.infer<typeof RepositorySettings>;

/** The published JSON Schema, for editors. It says the form of ids alone, so that a new rule leaves it as it is. */
export function repositorySettingsSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(RepositorySettings, {
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema !== RuleId) return;
      jsonSchema.pattern = RULE_ID_FORM;
    },
  });
  return {
    $schema,
    $id: 'elder.v1.json',
    title: 'Ancient Elder: .elder.yml',
    description: 'What a repository says about itself. The policy of the team decides what of it counts.',
    ...schema,
  };
}
