import { createHash } from 'node:crypto';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { isAppError } from '@/lib/errors';
import { isSameCommit } from '@/lib/git/is-same-commit';
import type { CommitState } from '@/lib/git/providers/provider';
import { messagesIn } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { Logger } from '@/lib/logger';
import { buildAnnotations } from '@/lib/reports/pull-request/annotations';
import {
  type AnsweredAudit,
  addedOf,
  buildComment,
  buildSettledComment,
  buildSummary,
  gateSentence,
} from '@/lib/reports/pull-request/answer';
import type { GateReason } from '@/lib/schemas/audits';
import type { PullRequests } from '@/lib/schemas/configuration';
import { loadChangeAddresses } from './change-addresses';
import { askAgain, claimAnswer, FINAL_STATES, releaseAnswer, type ShownAnswer } from './commit-answers';
import { effectiveConfiguration, PROJECT_ROW } from './configuration-layers';
import { type OpenConnection, openConnectionOf } from './connection-clients';
import { loadPullRequestChanges } from './pull-request-changes';

export const STATE_NAME = 'Ancient Elder';
const LONGEST_DELAY_MS = 3_600_000;
/** How long another worker's telling is waited for. */
const CLAIMED_MS = 5_000;

type LoadedAudit = NonNullable<Awaited<ReturnType<typeof loadAudit>>>;

/** Tells the Git host how an audit stands now: beside its commit, and at its end in the comment of its pull request. */
export async function showAnswer(auditId: string, log: Logger): Promise<void> {
  const audit = await loadAudit(auditId);
  if (!audit?.project.connectionId || !audit.project.providerPath) return;
  const commitId = audit.commitId ?? audit.askedCommitId;
  if (!commitId) return;
  const settings = effectiveConfiguration(audit.project).pullRequests;
  const answer = await claimAnswer({ ...audit, commitId });
  if (!answer) return askAgain(auditId, CLAIMED_MS);
  const target = { audit, path: audit.project.providerPath, commitId, settings };
  let shown: ShownAnswer | null = null;
  try {
    const host = await openConnectionOf(audit.project.connectionId);
    const isBegun = answer.shownState !== null;
    const isEnded = FINAL_STATES.some((final) => final === answer.shownState);
    const standsAs = standingOf(audit);
    const isNews = standsAs === null || answer.shownState !== standsAs;
    const isWanted = settings.commitStates && !isEnded && isNews;
    const asks = isWanted || audit.endedAt !== null;
    const standing = asks ? await standingAtHost(host, target) : 'current';
    const answered = standing === 'current' && audit.endedAt ? await answeredOf(audit) : null;
    // What was begun on a commit that is old by now ends, without results.
    if (isWanted && (standing === 'current' || (isBegun && audit.endedAt))) {
      const state = standing === 'current' ? stateOf(target, answered) : outdated(target, standing);
      const sent = { ...state, externalId: answer.externalId };
      const { externalId } = await host.provider.answers.putCommitState(host.client, target.path, sent);
      shown = { shownState: state.state, externalId };
    }
    if (settings.comment && answered) await showComment(host, target, answered);
    await releaseAnswer(answer.id, shown, { isDone: true });
  } catch (error) {
    const retryAt = isAppError(error) && error.code === 'provider_rate_limited' ? error.details?.retryAt : undefined;
    // What was shown stays known: a check made twice would stand there twice.
    await releaseAnswer(answer.id, shown, { isDone: false });
    if (typeof retryAt !== 'string') throw error;
    const delayMs = Math.min(LONGEST_DELAY_MS, Math.max(1_000, Date.parse(retryAt) - Date.now()));
    log.info({ delayMs }, 'the host wants to be asked later');
    await askAgain(auditId, delayMs);
  }
}

function loadAudit(auditId: string) {
  return db().audit.findFirst({
    where: { id: auditId },
    include: {
      pullRequest: true,
      project: { select: { ...PROJECT_ROW, connectionId: true, providerPath: true } },
    },
  });
}

interface Target {
  audit: LoadedAudit;
  path: string;
  commitId: string;
  settings: PullRequests;
}

/** Current: somebody still looks at the commit, which is the newest of its pull request. */
async function standingAtHost(
  { provider, client }: OpenConnection,
  { audit, path, commitId }: Target,
): Promise<'current' | 'closed' | 'superseded'> {
  if (!audit.pullRequest) return 'current';
  const now = await provider.answers.getPullRequest(client, path, audit.pullRequest.number);
  if (!now.isOpen) return 'closed';
  return isSameCommit(commitId, now.headCommitId) ? 'current' : 'superseded';
}

type ShownState = Omit<CommitState, 'externalId'>;

/** What the host is to be told, as far as the status alone says; null of an audit that ended. */
function standingOf({ status }: LoadedAudit): ShownState['state'] | null {
  if (status === 'queued') return 'pending';
  return status === 'running' ? 'running' : null;
}

function commonOf({ audit, commitId }: Target) {
  return {
    commitId,
    pullRequest: audit.pullRequest?.number ?? null,
    name: STATE_NAME,
    url: addressOf(audit),
    startedAt: audit.startedAt,
    endedAt: audit.endedAt,
    summary: '',
    annotations: [],
  };
}

function outdated(target: Target, standing: 'closed' | 'superseded'): ShownState {
  const words = messagesIn(target.settings.language).pullRequests;
  return { ...commonOf(target), state: 'neutral', title: words[standing] };
}

/** @param answered of an audit that ended */
function stateOf(target: Target, answered: AnsweredAudit | null): ShownState {
  const { audit, settings } = target;
  const { language } = settings;
  const words = messagesIn(language).pullRequests;
  const common = commonOf(target);
  if (audit.status === 'queued') return { ...common, state: 'pending', title: words.pending, endedAt: null };
  if (audit.status === 'running') return { ...common, state: 'running', title: words.running, endedAt: null };
  if (audit.status === 'cancelled' || !answered) {
    return {
      ...common,
      state: 'neutral',
      title: audit.errorCode === 'superseded' ? words.superseded : words.cancelled,
    };
  }
  if (audit.status === 'failed') {
    return { ...common, state: 'neutral', title: words.failed(failureOf(audit.errorCode, language)) };
  }
  const ranges = (audit.changedRanges ?? {}) as Record<string, [number, number][]>;
  return {
    ...common,
    state: audit.gate === null ? 'neutral' : audit.gate === 'failed' ? 'failed' : 'passed',
    title: gateSentence(answered, language),
    summary: audit.pullRequest ? buildSummary(answered, language) : '',
    annotations: settings.annotations ? buildAnnotations(addedOf(answered), ranges, language) : [],
  };
}

/** One comment, written once the audit has a result and while its commit is the newest. */
async function showComment(
  { provider, client }: OpenConnection,
  target: Target,
  answered: AnsweredAudit,
): Promise<void> {
  const { audit, path, settings } = target;
  const { pullRequest } = audit;
  const hasResult = audit.status === 'completed' || audit.status === 'partial';
  if (!pullRequest || !hasResult || (pullRequest.isDraft && !settings.drafts)) return;
  const isThere = pullRequest.commentId !== null;
  const body = isThere ? buildSettledComment(answered, settings) : buildComment(answered, settings);
  if (body === null) return;
  const commentHash = createHash('sha256').update(body).digest('hex');
  if (commentHash === pullRequest.commentHash) return;
  const { externalId: commentId } = await provider.answers.putComment(client, path, {
    number: pullRequest.number,
    externalId: pullRequest.commentId,
    body,
  });
  await db().pullRequest.updateMany({ where: { id: pullRequest.id }, data: { commentId, commentHash } });
}

async function answeredOf(audit: LoadedAudit): Promise<AnsweredAudit> {
  const changes = audit.pullRequestId ? await loadPullRequestChanges(audit) : null;
  return {
    number: audit.number,
    gate: audit.gate as AnsweredAudit['gate'],
    gateReason: audit.gateReason as GateReason | null,
    changes,
    addresses: changes ? await loadChangeAddresses(audit, changes) : new Map(),
    url: addressOf(audit),
  };
}

function failureOf(errorCode: string | null, language: PullRequests['language']): string {
  const t = messagesIn(language);
  const code = errorCode ?? 'internal';
  return textOf(t.audit.jobErrors, code) ?? textOf(t.errors.codes, code) ?? t.errors.codes.internal;
}

function addressOf({ id }: { id: string }): string {
  return `${env().PUBLIC_URL}/audits/${id}`;
}
