import type { paths } from '@/integrations/client/api-types';
import type { ElderClient } from '@/integrations/client/elder-client';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import type { Language } from '@/lib/magics/types';
import { padEnd, plain, widthOf } from '@/lib/reports/terminal';
import type { FindingsRequest } from '../remote-arguments';
import { EXIT } from './gate-sentence';
import { type PickedProject, pickProject } from './pick-project';
import { connect, type RemoteContext } from './remote-context';
import { RemoteFailure } from './remote-failure';
import type { RemoteEnd } from './run-remote';

type Page = paths['/api/v1/projects/{projectId}/findings']['get']['responses'][200]['content']['application/json'];
export type RemoteFinding = Page['items'][number];

const PAGE = 200;

export async function listFindings(request: FindingsRequest, context: RemoteContext): Promise<RemoteEnd> {
  const { language } = context;
  const client = await connect(context);
  const project = await pickProject(client, request, context.environment);
  if (request.output === 'sarif') {
    return { text: await exportSarif(client, project, request, language), code: EXIT.passed };
  }
  const found = await loadFindings(client, project.projectId, request);
  if (request.output === 'json')
    return { text: `${JSON.stringify({ ...project, ...found }, null, 2)}\n`, code: EXIT.passed };
  return { text: describeFound(found, language), code: EXIT.passed };
}

interface FindingsFilter extends Partial<Pick<FindingsRequest, 'severity' | 'state'>> {
  rule?: string | undefined;
  path?: string | undefined;
  limit: number;
}

/** Page by page, the most severe first. */
export async function loadFindings(client: ElderClient, projectId: string, filter: FindingsFilter) {
  const { limit, ...others } = filter;
  const chosen = Object.fromEntries(
    (['severity', 'state', 'rule', 'path'] as const).flatMap((name) =>
      others[name] === undefined ? [] : [[name, others[name]]],
    ),
  );
  const items: RemoteFinding[] = [];
  let page: Page | undefined;
  do {
    const query = {
      ...chosen,
      limit: Math.min(PAGE, limit - items.length),
      ...(page?.nextCursor && { cursor: page.nextCursor }),
    };
    const { data } = await client.GET('/api/v1/projects/{projectId}/findings', {
      params: { path: { projectId }, query },
    });
    page = data;
    items.push(...(data?.items ?? []));
  } while (page?.nextCursor && items.length < limit);
  return { items, total: page?.total ?? items.length, counts: page?.counts ?? {} };
}

async function exportSarif(
  client: ElderClient,
  { projectId, projectName }: PickedProject,
  { severity, state }: FindingsRequest,
  language: Language,
): Promise<string> {
  const { data: overview } = await client.GET('/api/v1/projects/{projectId}/overview', {
    params: { path: { projectId } },
  });
  const auditId = overview?.current?.auditId;
  if (!auditId) throw new RemoteFailure({ kind: 'noResult', name: projectName });
  const query = {
    format: 'sarif' as const,
    language,
    ...(severity !== undefined && { severity }),
    ...(state !== undefined && { state }),
  };
  const { data } = await client.GET('/api/v1/audits/{auditId}/export', {
    params: { path: { auditId }, query },
    parseAs: 'text',
  });
  return `${String(data).trimEnd()}\n`;
}

function describeFound({ items, total }: Awaited<ReturnType<typeof loadFindings>>, language: Language): string {
  const { remote, severity } = CLI_TEXTS[language];
  const t = remote.findings;
  if (items.length === 0) return `${t.none}\n`;
  const width = Math.max(...items.map((item) => widthOf(severity[item.severity])));
  const lines = items.map((item) => {
    const place = item.path === null ? (item.commits[0]?.slice(0, 10) ?? '') : placeOf(item);
    const details = [place, item.ruleId, t.states[item.state] ?? item.state, item.findingId].filter(Boolean);
    return [
      `● ${padEnd(severity[item.severity], width)}  ${plain(item.message[language])}`,
      `${' '.repeat(width + 4)}${details.map(plain).join('  ')}`,
    ].join('\n');
  });
  const rest = items.length < total ? `\n${t.shown(items.length, total)}\n` : '';
  return `${lines.join('\n')}\n${rest}`;
}

function placeOf({ path, startLine }: RemoteFinding): string {
  return startLine === null ? `${path}` : `${path}:${startLine}`;
}
