import { limitKeyOf } from '@/lib/auth/client-address';
import type { Context } from '@/lib/auth/context';
import { rolesWith } from '@/lib/auth/permissions';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { hashSecret } from '@/lib/auth/secrets';
import { asSystem } from '@/lib/auth/tenants';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { onlyLanguageOfMessage } from '@/lib/i18n/own-message';
import { messageInAll } from '@/lib/i18n/rule-text';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import type { SharedReport } from '@/lib/schemas/share-links';
import { loadAuditFindings } from './audit-findings';
import { loadSummaries } from './audit-summaries';
import { createLinkGuard } from './link-guard';
import { loadOwnMagicCards } from './magic-cards';

const PAGE_SIZE = 100;
const MINUTE_MS = 60_000;

const guard = createLinkGuard();
/** Each opening unpacks what an audit found. */
const askedByAddress = createRateLimiter(120, MINUTE_MS);
const askedByLink = createRateLimiter(240, MINUTE_MS);

/** What the holder of a link sees: one audit, and nothing that leads further. Throws `gone` for a link that opens nothing, `rate_limited` when it is asked too much. */
export function getSharedReport(ctx: Context, token: string, page: number): Promise<SharedReport> {
  return asSystem(() =>
    guard(ctx.address, async () => {
      askedByAddress.take(limitKeyOf(ctx.address));
      const link = await findLive(token);
      const [[audit], cards, { findings, ownRules }] = await Promise.all([
        loadSummaries([link.auditId]),
        loadOwnMagicCards(link.projectId, link.auditId),
        loadAuditFindings(link.auditId),
      ]);
      if (!audit || (audit.status !== 'completed' && audit.status !== 'partial')) throw noReport();
      const last = Math.max(1, Math.ceil(findings.length / PAGE_SIZE));
      const shownPage = Math.min(Math.max(1, Math.trunc(page) || 1), last);
      const { commit } = audit;
      const first = (shownPage - 1) * PAGE_SIZE;
      return {
        projectName: audit.projectName,
        number: audit.number,
        status: audit.status,
        commit: commit && { id: commit.id, subject: commit.subject, committedAt: commit.committedAt },
        healthScore: audit.healthScore,
        magicsJudged: audit.magicsJudged,
        magicsTotal: audit.magicsTotal,
        gate: audit.gate,
        gateReason: audit.gateReason,
        counts: audit.counts,
        magics: cards
          .filter(({ magic }) => link.audit.enabledMagics.includes(magic))
          .map(({ magic, status, score, coverage }) => ({ magic, status, score, coverage })),
        findings: findings.slice(first, first + PAGE_SIZE).map((finding, index) => ({
          place: first + index + 1,
          ...ruleWords(finding, findRuleIn(ownRules, finding.ruleId)),
          ruleId: finding.ruleId,
          severity: finding.severity,
          path: finding.path,
          startLine: finding.startLine,
          message: messageInAll(finding),
          evidence: link.hasCode ? finding.evidence : null,
        })),
        page: shownPage,
        pageSize: PAGE_SIZE,
        total: findings.length,
        expiresAt: link.expiresAt.toISOString(),
      };
    }),
  );
}

/** The title of a finding's rule, and which of its words are in one language alone. */
function ruleWords(finding: Parameters<typeof onlyLanguageOfMessage>[0], rule: ReturnType<typeof findRuleIn>) {
  const [title, message] = [rule?.onlyIn?.title, onlyLanguageOfMessage(finding)];
  return { ruleTitle: rule?.title ?? null, onlyIn: { ...(title && { title }), ...(message && { message }) } };
}

async function findLive(token: string) {
  const now = new Date();
  const link = await db().shareLink.findFirst({
    where: { tokenHash: hashSecret(token), revokedAt: null, expiresAt: { gt: now } },
    select: {
      id: true,
      projectId: true,
      auditId: true,
      hasCode: true,
      expiresAt: true,
      createdById: true,
      project: { select: { teamId: true } },
      audit: { select: { enabledMagics: true } },
    },
  });
  if (!link) throw noReport();
  const maker = await db().membership.findFirst({
    where: { userId: link.createdById, teamId: link.project.teamId, role: { in: rolesWith('share.manage') } },
    select: { userId: true },
  });
  if (!maker) throw noReport();
  askedByLink.take(link.id);
  await db().shareLink.updateMany({
    where: { id: link.id, OR: [{ lastOpenedAt: null }, { lastOpenedAt: { lt: new Date(now.getTime() - MINUTE_MS) } }] },
    data: { lastOpenedAt: now },
  });
  return link;
}

function noReport(): AppError {
  return new AppError('gone', 'the link is unknown, revoked or expired, or what it showed was deleted');
}
