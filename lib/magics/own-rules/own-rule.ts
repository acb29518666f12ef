import * as z from 'zod';
import type { LanguageId } from '../facts/code';
import { isPathGlob } from '../path-globs';
import { MAGIC_IDS, SEVERITIES } from '../types';
import { compilePattern, MAX_PATTERN_CHARACTERS } from './compile-pattern';

/** Own rules of one team. */
export const MAX_OWN_RULES = 100;
export const MAX_QUERY_CHARACTERS = 4_000;
export const OWN_RULE_ID = /^own\/[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MAX_ID = 60;
const MAX_GLOBS = 50;

/** Where a pattern looks: `code` is neither comments nor the text in strings. */
export const WHERES = ['all', 'code', 'comments', 'strings'] as const;

/** What a rule about paths asks of them. */
export const PATH_DEMANDS = ['absent', 'present', 'named'] as const;

const LANGUAGE_IDS = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'rust',
  'c',
  'cpp',
  'csharp',
  'ruby',
  'php',
  'kotlin',
  'bash',
] as const satisfies readonly LanguageId[];
export const LanguageKey = z.enum(LANGUAGE_IDS);

/** Text of a rule: no control characters, which terminals obey; lines may break. */
const Prose = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, 'control characters are not allowed');

/** In one language or in both; who reads the other one sees what there is, marked as foreign. */
const OneText = (most: number) =>
  z
    .strictObject({ en: Prose(most).optional(), ja: Prose(most).optional() })
    .refine(({ en, ja }) => en !== undefined || ja !== undefined, 'a text in English (en) or Japanese (ja) is missing');

const Glob = z
  .string()
  .min(1)
  .max(200)
  .refine(isPathGlob, 'not a glob: `*` within a name, `**` for any number of folders, a `/` at the end for all below');

const Paths = z.strictObject({
  include: z.array(Glob).max(MAX_GLOBS).default([]).describe('Only these; all when empty'),
  exclude: z.array(Glob).max(MAX_GLOBS).default([]).describe('Not these'),
});

const PatternText = z.string().min(1).max(MAX_PATTERN_CHARACTERS);

const COMMON = {
  id: z
    .string()
    .max(MAX_ID)
    .regex(OWN_RULE_ID, 'the id is own/ and a name in small letters, digits and hyphens, as own/no-old-client'),
  isEnabled: z.boolean().default(true),
  magic: z.enum(MAGIC_IDS).default('strict').describe('The one in whose result its findings count'),
  severity: z.enum(SEVERITIES),
  confidence: z.number().min(0).max(1).default(0.9),
  title: OneText(120),
  why: OneText(1_000),
  fix: OneText(1_000),
  message: OneText(300).optional().describe('Of each finding; `{match}` is what was found. The title when left out'),
  zeroAt: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .default(10)
    .describe('Findings at which the rule gives no points any more; null: it never does, and its findings only count'),
};

const OF_TEXT = {
  paths: Paths.prefault({}),
  isEverywhere: z
    .boolean()
    .default(false)
    .describe('Also in files that are generated, vendored, fixtures or locks of packages'),
};

const PatternRule = z.strictObject({
  ...COMMON,
  ...OF_TEXT,
  kind: z.literal('pattern'),
  pattern: PatternText.describe('An RE2 expression'),
  flags: z
    .string()
    .regex(/^(?!.*(.).*\1)[ims]*$/, 'flags are i (ignore case), m (go over lines) and s (. goes over lines), each once')
    .default(''),
  where: z.enum(WHERES).default('all').describe('`code` is neither comments nor the text in strings'),
  languages: z.array(LanguageKey).max(LANGUAGE_IDS.length).default([]).describe('Only files in these; all when empty'),
});

const QueryRule = z.strictObject({
  ...COMMON,
  ...OF_TEXT,
  kind: z.literal('query'),
  language: LanguageKey,
  query: z.string().min(1).max(MAX_QUERY_CHARACTERS).describe('A query of tree-sitter that captures @finding'),
});

const PathRule = z.strictObject({
  ...COMMON,
  kind: z.literal('path'),
  demand: z
    .enum(PATH_DEMANDS)
    .describe(
      '`absent`: no path may match; `present`: one has to; `named`: the names of those that do match a pattern',
    ),
  paths: z.strictObject({
    include: z.array(Glob).min(1).max(MAX_GLOBS),
    exclude: Paths.shape.exclude,
  }),
  namePattern: PatternText.nullable().default(null).describe('An RE2 expression for the whole name of the file'),
});

/** A rule that a team writes without code: its meaning is data, and matching takes time in proportion to the text. */
export const OwnRule = z.discriminatedUnion('kind', [PatternRule, QueryRule, PathRule]).superRefine((rule, ctx) => {
  if (rule.kind === 'pattern') addPatternProblem(ctx, rule.pattern, rule.flags, 'pattern');
  if (rule.kind === 'query' && !/@finding\b(?![.-])/.test(rule.query)) {
    ctx.addIssue({
      code: 'custom',
      path: ['query'],
      message: 'the query has to capture what it finds as @finding',
      params: { problem: 'no-finding', position: null, part: '' },
    });
  }
  if (rule.kind !== 'path') return;
  if (rule.demand === 'named' && rule.namePattern === null) {
    ctx.addIssue({ code: 'custom', path: ['namePattern'], message: 'say what the names have to match' });
  }
  if (rule.namePattern !== null) addPatternProblem(ctx, rule.namePattern, '', 'namePattern');
});
export type OwnRule = z.infer<typeof OwnRule>;
export type OwnTextRule = Exclude<OwnRule, { kind: 'path' }>;
export type OwnPathRule = Extract<OwnRule, { kind: 'path' }>;

export const OwnRules = z
  .array(OwnRule)
  .max(MAX_OWN_RULES)
  .superRefine((rules, ctx) => {
    const seen = new Set<string>();
    for (const [at, { id }] of rules.entries()) {
      if (seen.has(id)) ctx.addIssue({ code: 'custom', path: [at, 'id'], message: `${id} is there twice` });
      seen.add(id);
    }
  });

/** Patterns are read with every policy; what was said of one holds for good. */
const KEPT_VERDICTS = 1_000;
const verdicts = new Map<string, ReturnType<typeof problemIn>>();

function addPatternProblem(ctx: z.RefinementCtx, pattern: string, flags: string, key: string): void {
  const name = `${flags} ${pattern}`;
  let problem = verdicts.get(name);
  if (problem === undefined) {
    problem = problemIn(pattern, flags);
    if (verdicts.size >= KEPT_VERDICTS) verdicts.clear();
    verdicts.set(name, problem);
  }
  if (problem === null) return;
  const { message, ...params } = problem;
  ctx.addIssue({ code: 'custom', path: [key], message, params });
}

function problemIn(pattern: string, flags: string) {
  const compiled = compilePattern(pattern, flags);
  return 'problem' in compiled ? compiled.problem : null;
}
