import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import type { ElderClient } from '@/integrations/client/elder-client';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { Policy } from '@/lib/magics/policy';
import { type Language, SEVERITIES } from '@/lib/magics/types';
import { judgeEnd } from '../remote/gate-sentence';
import { loadFindings, type RemoteFinding } from '../remote/list-findings';
import { type ListedProject, listProjects, pickProject } from '../remote/pick-project';
import { connect, createRemoteContext } from '../remote/remote-context';
import { chooseFindings, describeFinding, type LocalAudits } from './local-audits';
import { Limit, Path } from './local-tools';
import type { Roots } from './roots';
import { answerOf, ToolRefusal } from './tool-answer';
import { guarded, READ_ONLY } from './tools';

interface ServerSurroundings {
  roots: Roots;
  audits: LocalAudits;
  language: Language;
  environment: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

const MAX_PROJECTS = 100;
const SILENT = { write: () => undefined };
const REMOTE = { ...READ_ONLY, openWorldHint: true };
const Project = z.string().max(200).describe('Id or name of a project on the server');
const Severities = z.enum(SEVERITIES).optional().describe('Findings as grave as this, and graver');
const RuleId = z.string().max(200).optional().describe('As `integrity/no-unfinished-code`');
const PartOfPath = z.string().max(500).optional().describe('Part of a path');

/** Tools that ask a server, or what was audited here before. */
export function addServerTools(server: McpServer, surroundings: ServerSurroundings): void {
  const { roots, audits, language, environment, signal } = surroundings;
  const t = CLI_TEXTS[language].mcp;

  /** Logging in is looked at each time: the person may do it while this runs. */
  const ask = (path: string, requestSignal: AbortSignal, run: (client: ElderClient) => Promise<object>) => {
    const both = AbortSignal.any([signal, requestSignal]);
    const context = createRemoteContext(environment, { language, signal: both, terminal: SILENT });
    return guarded({ language, path, url: context.url }, async () => answerOf(await run(await connect(context))));
  };
  const find = (client: ElderClient, project: string) =>
    pickProject(client, { project, repository: undefined, path: '.' }, {});

  server.registerTool(
    'list_findings',
    {
      title: 'List findings',
      description:
        'With `project`: open findings of a project on the server. Without: findings of the last `audit_working_tree` of a local repository.',
      inputSchema: {
        project: Project.optional(),
        path: Path,
        severity: Severities,
        rule: RuleId,
        file: PartOfPath,
        onlyNew: z.boolean().default(false),
        limit: Limit,
      },
      annotations: REMOTE,
    },
    ({ project, path, severity, rule, file, onlyNew, limit }, extra) => {
      if (project === undefined) {
        return guarded({ language, path: path ?? '.' }, async () => {
          const report = audits.get(await roots.repositoryAt(path), t.auditFirst);
          const found = chooseFindings(report, { severity, rule, path: file, isNew: onlyNew });
          const findings = found.slice(0, limit).map((finding) => describeFinding(finding, report, language));
          return answerOf({ total: found.length, findings });
        });
      }
      return ask('.', extra.signal, async (client) => {
        const { projectId, projectName } = await find(client, project);
        const severities = severity && SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1).join(',');
        const state = onlyNew ? 'new' : undefined;
        const { items, total, counts } = await loadFindings(client, projectId, {
          severity: severities,
          state,
          rule,
          path: file,
          limit,
        });
        return { projectId, projectName, total, counts, findings: items.map((item) => describeRemote(item, language)) };
      });
    },
  );

  server.registerTool(
    'get_finding',
    {
      title: 'Show a finding',
      description:
        'With `findingId`: one on the server, with its state and verdict. With `fingerprint`: one of the last `audit_working_tree` of a local repository.',
      inputSchema: {
        findingId: z.uuid().optional(),
        fingerprint: z.string().max(100).optional(),
        path: Path,
      },
      annotations: REMOTE,
    },
    ({ findingId, fingerprint, path }, extra) => {
      if (findingId !== undefined) {
        return ask('.', extra.signal, async (client) => {
          const { data } = await client.GET('/api/v1/findings/{findingId}', { params: { path: { findingId } } });
          return data ? describeRemote(data, language) : {};
        });
      }
      return guarded({ language, path: path ?? '.' }, async () => {
        if (fingerprint === undefined) throw new ToolRefusal(t.whichFinding);
        const report = audits.get(await roots.repositoryAt(path), t.auditFirst);
        const finding = chooseFindings(report, {}).find((one) => one.fingerprint === fingerprint);
        if (!finding) throw new ToolRefusal(t.notFound);
        return answerOf({ ...describeFinding(finding, report, language), related: finding.related });
      });
    },
  );

  server.registerTool(
    'get_policy',
    {
      title: 'Show what is judged by',
      description:
        'With `project`: the configuration that holds for a project on the server. Without: what local audits are judged by.',
      inputSchema: { project: Project.optional() },
      annotations: REMOTE,
    },
    ({ project }, extra) => {
      if (project === undefined) {
        return guarded({ language, path: '.' }, async () => answerOf({ source: 'local', policy: Policy.parse({}) }));
      }
      return ask('.', extra.signal, async (client) => {
        const { projectId, projectName } = await find(client, project);
        const { data } = await client.GET('/api/v1/projects/{projectId}/configuration', {
          params: { path: { projectId } },
        });
        return { source: 'server', projectId, projectName, policy: data?.effective, version: data?.teamVersion };
      });
    },
  );

  server.registerTool(
    'list_projects',
    {
      title: 'List projects',
      description: 'Projects on the server with health and status.',
      inputSchema: { search: z.string().max(200).optional().describe('Part of a name or an address') },
      annotations: REMOTE,
    },
    ({ search }, extra) =>
      ask('.', extra.signal, async (client) => {
        const projects: ListedProject[] = [];
        let isCut = false;
        for await (const project of listProjects(client, search)) {
          isCut = projects.length === MAX_PROJECTS;
          if (isCut) break;
          projects.push(project);
        }
        return { projects, isCut };
      }),
  );

  server.registerTool(
    'gate_status',
    {
      title: 'Tell whether the gate is passed',
      description:
        'The verdict on a project of the server, in a sentence with its conditions. Without `project`: of the project whose repository is the remote `origin` at `path`.',
      inputSchema: { project: Project.optional(), path: Path },
      annotations: REMOTE,
    },
    ({ project, path }, extra) =>
      ask(path ?? '.', extra.signal, async (client) => {
        const which = { project, repository: undefined, path: project ? '.' : await roots.repositoryAt(path) };
        const { projectId, projectName } = await pickProject(client, which, environment);
        const { data } = await client.GET('/api/v1/projects/{projectId}/overview', { params: { path: { projectId } } });
        const audit = data?.gateAudit;
        if (!audit) return { projectId, projectName, isPassed: false, gate: null };
        const { sentence, code } = judgeEnd(audit, language);
        const { number, gate, healthScore, gateReason, commit } = audit;
        return {
          projectId,
          projectName,
          isPassed: code === 0,
          gate,
          sentence,
          health: healthScore,
          audit: number,
          commit: commit?.id ?? null,
          conditions: gateReason?.conditions ?? [],
        };
      }),
  );
}

function describeRemote(finding: RemoteFinding, language: Language) {
  const { findingId, ruleId, severity, confidence, state, path, startLine, endLine, evidence, fingerprint } = finding;
  const { verdict, suppression, assignee, isFixable, firstSeenAt } = finding;
  return {
    findingId,
    ruleId,
    severity,
    confidence,
    state,
    path,
    startLine,
    endLine,
    message: finding.message[language],
    evidence,
    commits: finding.commits.slice(0, 5),
    fingerprint,
    isFixable,
    firstSeenAt,
    verdict,
    suppression,
    assignee: assignee && { name: assignee.name },
  };
}
