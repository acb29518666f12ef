import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { nearestNames } from '@/lib/magics/nearest-names';
import { findRule, magicOf, magics } from '@/lib/magics/registry';
import type { Language } from '@/lib/magics/types';
import { chooseFindings, describeFinding, type LocalAudits, summaryOf } from './local-audits';
import { reportProgress } from './progress';
import type { Roots } from './roots';
import { answerOf, ToolRefusal } from './tool-answer';
import { guarded, READ_ONLY } from './tools';

interface LocalSurroundings {
  roots: Roots;
  audits: LocalAudits;
  language: Language;
}

export const MAX_FINDINGS = 100;
const DEFAULT_FINDINGS = 20;

export const Path = z
  .string()
  .max(4_000)
  .optional()
  .describe('A folder of a repository inside the roots, from the first root on; the first root itself unless given');
export const Limit = z.number().int().min(1).max(MAX_FINDINGS).default(DEFAULT_FINDINGS).describe('Findings at most');

/** Tools that need no server. */
export function addLocalTools(server: McpServer, { roots, audits, language }: LocalSurroundings): void {
  server.registerTool(
    'audit_working_tree',
    {
      title: 'Audit a local repository',
      description:
        'Judges a repository as it is on the disk, with changes that are not committed: health, gate and the worst findings. ' +
        'Findings that the commit to compare with did not have are marked as new. Nothing is run or changed. Takes seconds to minutes.',
      inputSchema: {
        path: Path,
        what: z
          .enum(['working-tree', 'staged', 'head'])
          .default('working-tree')
          .describe('All changes, what is staged, or the last commit'),
        compareWith: z
          .string()
          .max(250)
          .optional()
          .describe('A commit, branch or tag; HEAD unless given, nothing for `what: head`'),
        onlyNew: z.boolean().default(false).describe('Lists new findings alone'),
        limit: Limit,
      },
      annotations: READ_ONLY,
    },
    (request, extra) =>
      guarded({ language, path: request.path ?? '.', ref: request.compareWith }, async () => {
        const path = await roots.repositoryAt(request.path);
        const { what, onlyNew, limit } = request;
        const newSince = request.compareWith ?? (what === 'head' ? undefined : 'HEAD');
        const onProgress = reportProgress(extra, CLI_TEXTS[language].progress);
        const report = await audits.audit({ path, what, newSince, signal: extra.signal, onProgress });
        const findings = chooseFindings(report, { isNew: onlyNew });
        const shown = findings.slice(0, limit).map((finding) => describeFinding(finding, report, language));
        return answerOf({ ...summaryOf(report), total: findings.length, findings: shown });
      }),
  );

  server.registerTool(
    'get_rule',
    {
      title: 'Explain a rule',
      description: 'What a rule asks, why, how its findings are mended, and examples. Local.',
      inputSchema: { ruleId: z.string().max(200).describe('As `integrity/no-unfinished-code`') },
      annotations: READ_ONLY,
    },
    ({ ruleId }) =>
      guarded({ language, path: '.' }, async () => {
        const rule = findRule(ruleId);
        if (!rule) throw new ToolRefusal(CLI_TEXTS[language].mcp.noRule(ruleId, nearest(ruleId).join(', ')));
        return answerOf({
          ruleId: rule.id,
          magic: magicOf(rule.magic).title[language],
          severity: rule.severity,
          title: rule.title[language],
          why: rule.why[language],
          fix: rule.fix[language],
          hasMechanicalFix: rule.edit !== null,
          references: rule.references,
          tags: rule.tags,
        });
      }),
  );
}

function nearest(ruleId: string): string[] {
  const ids = magics.flatMap(({ rules }) => rules.map(({ id }) => id));
  return nearestNames(ruleId, ids);
}
