import { CLI_TEXTS } from '@/lib/i18n/cli';
import { padEnd, plain, widthOf } from '@/lib/reports/terminal';
import type { RemoteCommand, WhichProject } from '../remote-arguments';
import { auditRemote } from './audit-remote';
import { describeMe } from './describe-me';
import { EXIT, judgeEnd } from './gate-sentence';
import { importProjects } from './import-projects';
import { listFindings } from './list-findings';
import { login, logout } from './login';
import { type ListedProject, listProjects, pickProject } from './pick-project';
import { connect, type RemoteContext } from './remote-context';

/** What a command prints and ends with. */
export interface RemoteEnd {
  text: string;
  code: number;
  /** To be written beside. */
  file?: { path: string; bytes: Uint8Array };
}

/** Throws what `sentenceOf` tells. */
export async function runRemote(command: RemoteCommand, context: RemoteContext): Promise<RemoteEnd> {
  switch (command.does) {
    case 'login':
      return passed(await login(command, context));
    case 'logout':
      return passed(await logout(context));
    case 'whoami':
      return passed(await whoami(command.isJson, context));
    case 'project add':
      return passed(await addProject(command, context));
    case 'project list':
      return passed(await showProjects(command.isJson, context));
    case 'project import':
      return importProjects(command, context);
    case 'audit':
      return auditRemote(command, context);
    case 'findings':
      return listFindings(command, context);
    case 'gate':
      return tellGate(command, command.isJson, context);
  }
}

const passed = (text: string): RemoteEnd => ({ text, code: EXIT.passed });
const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function whoami(isJson: boolean, context: RemoteContext): Promise<string> {
  const client = await connect(context);
  const { data: me } = await client.GET('/api/v1/me');
  if (!me) return '';
  return isJson ? jsonOf({ server: context.url(), ...me }) : describeMe(me, context.url(), context.language);
}

async function addProject(
  { repository, projectName, branch, isJson }: Extract<RemoteCommand, { does: 'project add' }>,
  context: RemoteContext,
): Promise<string> {
  const client = await connect(context);
  const { data } = await client.POST('/api/v1/projects', {
    body: {
      repositoryUrl: repository,
      ...(projectName !== undefined && { projectName }),
      ...(branch !== undefined && { branch }),
    },
  });
  if (!data) return '';
  if (isJson) return jsonOf(data);
  const { projectId } = data;
  const { projectName: name } = await pickProject(client, { project: projectId, repository: undefined, path: '.' }, {});
  return `${CLI_TEXTS[context.language].remote.projectAdded(plain(name), projectId)}\n`;
}

async function showProjects(isJson: boolean, context: RemoteContext): Promise<string> {
  const t = CLI_TEXTS[context.language].remote;
  const client = await connect(context);
  const projects: ListedProject[] = [];
  for await (const project of listProjects(client)) projects.push(project);
  if (isJson) return jsonOf(projects);
  if (projects.length === 0) return `${t.noProjects}\n`;
  const width = Math.max(...projects.map(({ projectName }) => widthOf(plain(projectName))));
  return projects
    .map(({ projectId, projectName, overallHealthScore, status, repositoryUrl }) => {
      const health = (overallHealthScore?.toFixed(1) ?? '–').padStart(5);
      return `${projectId}  ${padEnd(plain(projectName), width)}  ${health}  ${status}  ${plain(repositoryUrl)}\n`;
    })
    .join('');
}

async function tellGate(which: WhichProject, isJson: boolean, context: RemoteContext): Promise<RemoteEnd> {
  const t = CLI_TEXTS[context.language].remote;
  const client = await connect(context);
  const { projectId, projectName } = await pickProject(client, which, context.environment);
  const { data } = await client.GET('/api/v1/projects/{projectId}/overview', { params: { path: { projectId } } });
  const audit = data?.gateAudit ?? null;
  const { sentence, code } = audit
    ? judgeEnd(audit, context.language)
    : { sentence: t.gate.neverAudited(plain(projectName)), code: EXIT.gateFailed };
  const { auditId = null, number = null, gate = null, healthScore = null } = audit ?? {};
  const commit = audit?.commit?.id ?? null;
  if (!isJson) return { text: `${sentence}\n`, code };
  const isPassed = code === EXIT.passed;
  return {
    text: jsonOf({
      projectId,
      projectName,
      auditId,
      number,
      commit,
      healthScore,
      gate: { status: gate, isPassed, reason: sentence },
    }),
    code,
  };
}
