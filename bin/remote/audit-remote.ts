import { setTimeout as sleep } from 'node:timers/promises';
import type { ElderClient } from '@/integrations/client/elder-client';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { messagesIn } from '@/lib/i18n/messages';
import { plain } from '@/lib/reports/terminal';
import type { RemoteAudit } from '../remote-arguments';
import { type Audit, EXIT, judgeEnd } from './gate-sentence';
import { type PickedProject, pickProject } from './pick-project';
import { connect, type RemoteContext } from './remote-context';
import { isPassing, sentenceOf } from './remote-failure';
import type { RemoteEnd } from './run-remote';
import { createStatusLine } from './status-line';

const POLL_MS = 1_000;
/** A server that is away for longer is told as such. */
const PATIENCE_MS = 120_000;

/** Has the server audit the newest commit of a branch. */
export async function auditRemote(request: RemoteAudit, context: RemoteContext): Promise<RemoteEnd> {
  const { language, say } = context;
  const t = CLI_TEXTS[language].remote;
  const client = await connect(context);
  const project = await pickProject(client, request, context.environment);
  const { data: queued } = await client.POST('/api/v1/projects/{projectId}/audit/trigger', {
    params: { path: { projectId: project.projectId } },
    body: { ...(request.branch !== undefined && { branch: request.branch }) },
  });
  const auditId = queued?.taskId ?? '';
  if (!request.waits) {
    if (request.isJson) return { text: jsonOf({ auditId, ...project, status: queued?.status }), code: EXIT.passed };
    return { text: `${t.queued(plain(project.projectName), auditId)}\n`, code: EXIT.passed };
  }
  say(t.queued(plain(project.projectName), auditId));
  const audit = await waitForEnd(client, auditId, request, context);
  if (!audit) return { text: '', code: EXIT.wrong };
  const { sentence, code } = judgeEnd(audit, language);
  const file =
    request.format && request.out !== undefined && code !== EXIT.wrong
      ? { file: { path: request.out, bytes: await exportAudit(client, auditId, request.format, language) } }
      : {};
  if (request.isJson) return { text: jsonOf(summaryOf(audit, project, sentence, code)), code, ...file };
  const commit = audit.commit?.id.slice(0, 10) ?? '';
  const health = audit.healthScore?.toFixed(1) ?? '–';
  const ended = t.ended({ number: audit.number, name: plain(project.projectName), commit, health });
  return { text: `${ended}\n${sentence}\n`, code, ...file };
}

const jsonOf = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function summaryOf(audit: Audit, project: PickedProject, sentence: string, code: number) {
  const { auditId, number, status, branch, commit, healthScore, healthCoverage, gate, counts, newCounts } = audit;
  return {
    auditId,
    projectId: project.projectId,
    projectName: project.projectName,
    number,
    status,
    branch,
    commit: commit?.id ?? null,
    healthScore,
    healthCoverage,
    gate: { status: gate, isPassed: code === EXIT.passed, reason: sentence },
    counts,
    newCounts,
    fixedCount: audit.fixedCount,
    resultHash: audit.resultHash,
  };
}

/** Shows where it stands until it has ended; null when the time was over or the person stopped it. */
async function waitForEnd(
  client: ElderClient,
  auditId: string,
  { timeoutMs }: RemoteAudit,
  { language, signal, terminal, say, url }: RemoteContext,
): Promise<Audit | null> {
  const t = CLI_TEXTS[language].remote;
  const line = createStatusLine(terminal);
  const until = performance.now() + timeoutMs;
  let lastAnswerAt = performance.now();
  try {
    for (;;) {
      try {
        const { data } = await client.GET('/api/v1/audits/{auditId}', { params: { path: { auditId } } });
        lastAnswerAt = performance.now();
        if (data && data.status !== 'queued' && data.status !== 'running') return data;
        if (data) line.show(describeProgress(data, language));
      } catch (error) {
        if (signal.aborted) throw error;
        if (!isPassing(error) || performance.now() - lastAnswerAt > PATIENCE_MS) throw error;
        line.show(t.retrying(sentenceOf(error, url(), language)));
      }
      if (performance.now() > until) {
        line.clear();
        say(t.tooLong(auditId, Math.round(timeoutMs / 60_000)));
        return null;
      }
      await sleep(POLL_MS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    line.clear();
    say(t.stillRuns(auditId));
    return null;
  } finally {
    line.clear();
  }
}

function describeProgress({ status, progress }: Audit, language: RemoteContext['language']): string {
  const t = CLI_TEXTS[language].remote;
  const { common } = messagesIn(language);
  if (!progress.hasWorker) return t.noWorker;
  const stage = progress.stages.find((one) => one.status === 'running');
  if (status === 'queued' || !stage) return t.inQueue;
  const words =
    stage.total > 1
      ? common.stageProgress(common.stage[stage.stage], stage.done, stage.total)
      : common.stage[stage.stage];
  return t.waiting(words, t.magicsDone(progress.magicsDone, progress.magicsTotal));
}

async function exportAudit(
  client: ElderClient,
  auditId: string,
  format: NonNullable<RemoteAudit['format']>,
  language: RemoteContext['language'],
): Promise<Uint8Array> {
  const { data } = await client.GET('/api/v1/audits/{auditId}/export', {
    params: { path: { auditId }, query: { format, language } },
    parseAs: 'arrayBuffer',
  });
  return new Uint8Array(data as ArrayBuffer);
}
