import * as z from 'zod';
import { GATE_CONDITIONS } from '@/lib/magics/gate';
import { NEW_CODE_STARTS } from '@/lib/magics/gate-policy';
import { canonicalJson } from '@/lib/magics/hash';
import { MAGIC_IDS, MAGIC_STATUSES, SEVERITIES } from '@/lib/magics/types';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** Described in docs/evidence.md; another shape takes another number. */
export const PREDICATE_TYPE = 'urn:ancient-elder:audit-result:v1';

const Sha256 = z.string().regex(/^[\da-f]{64}$/);
const Sentence = z.strictObject({ id: z.string(), data: z.record(z.string(), z.union([z.string(), z.number()])) });
const Counts = z.strictObject(
  Object.fromEntries(SEVERITIES.map((severity) => [severity, z.int().min(0)])) as Record<
    (typeof SEVERITIES)[number],
    z.ZodInt
  >,
);

const GateReason = Sentence.extend({
  also: z.array(Sentence).optional(),
  conditions: z
    .array(
      z.strictObject({
        id: z.enum(GATE_CONDITIONS),
        magic: z.enum(MAGIC_IDS).optional(),
        severity: z.enum(SEVERITIES).optional(),
        actual: z.number().nullable(),
        warn: z.number().nullable(),
        fail: z.number().nullable(),
        status: z.enum(['passed', 'warning', 'failed', 'skipped', 'unknown']),
      }),
    )
    .optional(),
  /** The audit that stood for where new code begins. */
  baseline: z
    .strictObject({
      since: z.enum(NEW_CODE_STARTS),
      auditId: z.uuid().nullable(),
      number: z.int().nullable(),
    })
    .optional(),
});

/** What an audit's evidence says. */
export const AuditResultPredicate = z.strictObject({
  project: z.strictObject({ id: z.uuid(), name: z.string() }),
  audit: z.strictObject({
    id: z.uuid(),
    number: z.int().min(1),
    kind: z.string(),
    trigger: z.string(),
    branch: z.string(),
    /** Of an audit of the past: the day it stands for. */
    asOf: z.iso.datetime().nullable(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime(),
  }),
  /** `partial`: what was missing is in `missingMagics`, or facts were. */
  outcome: z.enum(['completed', 'partial']),
  missingMagics: z.array(z.enum(MAGIC_IDS)),
  health: z.strictObject({ score: z.number().nullable(), coverage: z.number() }),
  /** null of an audit of the past. */
  gate: z
    .strictObject({
      verdict: z.enum(['passed', 'warning', 'failed']),
      reason: GateReason,
    })
    .nullable(),
  magics: z.array(
    z.strictObject({
      magic: z.enum(MAGIC_IDS),
      status: z.enum(MAGIC_STATUSES),
      score: z.number().nullable(),
      coverage: z.number(),
      weight: z.number(),
      counts: Counts,
    }),
  ),
  counts: Counts,
  newCounts: Counts,
  fixedCount: z.int().min(0),
  inputs: z.strictObject({
    policyHash: Sha256,
    /** Of the team's configuration; left out when the audit did not keep one. */
    configurationVersion: z.int().min(1).optional(),
    rulePackVersion: z.int(),
    /** Of the coverage report; null without one. */
    coverageHash: z.string().nullable(),
    /** Of the team's verdicts in force; null without any. */
    verdictsHash: z.string().nullable(),
    /** Of what the Git host said; left out where it was not asked. */
    hostEvidenceHash: Sha256.optional(),
  }),
  /** null of a partial audit. */
  resultHash: Sha256.nullable(),
  producer: z.strictObject({
    name: z.literal('Ancient Elder'),
    version: z.string(),
    instanceId: z.uuid(),
    /** Base64 of the DER of the key that signs: it is whoever's it is. */
    publicKey: z.string(),
  }),
  /** Place among the project's evidence. */
  chain: z.strictObject({
    sequence: z.int().min(1),
    /** SHA-256 of the envelope before it; null of the first. */
    previous: Sha256.nullable(),
  }),
});
export type AuditResultPredicate = z.infer<typeof AuditResultPredicate>;

/** https://github.com/in-toto/attestation: a statement about one commit. */
export const AuditStatement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.tuple([
    z.strictObject({
      /** Address of the repository; the project's name for one that is local to the server. */
      name: z.string(),
      uri: z.string().optional(),
      digest: z.strictObject({ gitCommit: z.string().regex(/^(?:[\da-f]{40}|[\da-f]{64})$/) }),
    }),
  ]),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: AuditResultPredicate,
});
export type AuditStatement = z.infer<typeof AuditStatement>;

interface Subject {
  commit: string;
  /** Address without credentials; null for a repository that is local to the server. */
  repositoryUrl: string | null;
}

/** The statement that a result is one of this commit. */
export function buildStatement({ commit, repositoryUrl }: Subject, predicate: AuditResultPredicate): AuditStatement {
  const subject =
    repositoryUrl === null
      ? { name: predicate.project.name, digest: { gitCommit: commit } }
      : { name: repositoryUrl, uri: `git+${repositoryUrl}@${commit}`, digest: { gitCommit: commit } };
  return { _type: STATEMENT_TYPE, subject: [subject], predicateType: PREDICATE_TYPE, predicate };
}

/** Equal statements give equal bytes. */
export function encodeStatement(statement: AuditStatement): Buffer {
  return Buffer.from(canonicalJson(statement));
}
