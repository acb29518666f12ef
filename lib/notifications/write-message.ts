import { createFormat } from '@/lib/i18n/format';
import { gateWords } from '@/lib/i18n/gate-words';
import { type Messages, messagesIn } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import { findRule } from '@/lib/magics/registry';
import type { ChannelSettings } from '@/lib/schemas/channels';
import type { Message, Section, WebhookEvent } from './message';
import type { Notice, NoticeData } from './notice';
import { countWanted, isMagicWanted, isSeverityWanted, isTurned } from './wants';

const SHOWN_FINDINGS = 5;
const SHOWN_RISKS = 5;
/** Sections of one message; what is beyond is counted. */
const MOST_SECTIONS = 10;
const SHORT_COMMIT = 8;

export interface Writing {
  settings: ChannelSettings;
  teamId: string;
  publicUrl: string;
  /** Notices that waited because the most of an hour were sent. */
  isHeld?: boolean;
}

/** Tells notices in the language of the channel, oldest first. */
export function writeMessage(notices: readonly Notice[], writing: Writing): Message {
  const { settings, publicUrl, isHeld = false } = writing;
  const t = messagesIn(settings.language).notifications.message;
  const sections = notices.slice(0, MOST_SECTIONS).map((notice) => writeSection(notice, writing));
  const count = String(notices.length);
  const leftOut = notices.length - sections.length;
  return {
    language: settings.language,
    title: sections.length === 1 ? (sections[0]?.title ?? '') : t.joined(count),
    sections,
    notes: [
      ...(isHeld ? [t.held(count, String(settings.mostAnHour))] : []),
      ...(leftOut > 0 ? [t.leftOut(String(leftOut))] : []),
      t.sentFrom(publicUrl),
    ],
  };
}

/** What happened, for programs: only what the channel asked for. */
export function writeEvents(notices: readonly Notice[], { settings, publicUrl, teamId }: Writing): WebhookEvent[] {
  return notices.map((notice) => ({
    type: notice.kind,
    at: notice.at,
    project: notice.project && { ...notice.project, url: `${publicUrl}/projects/${notice.project.id}` },
    auditId: notice.auditId,
    url: addressOf(notice, publicUrl, teamId),
    data: notice.kind === 'new_findings' ? wantedFindings(notice.data, settings) : notice.data,
  }));
}

function writeSection(notice: Notice, { settings, publicUrl, teamId }: Writing): Section {
  const t = messagesIn(settings.language);
  const words = t.notifications.message;
  const format = createFormat(settings.language, settings.timeZone, Date.parse(notice.at));
  const project = notice.project?.name ?? '';
  const url = addressOf(notice, publicUrl, teamId);
  switch (notice.kind) {
    case 'gate_turned': {
      const { gate, reason, health, healthBefore, number } = notice.data;
      const title =
        gate === 'failed'
          ? (isTurned(notice.data) ? words.gateFailed : words.gateStill)(project)
          : (gate === 'warning' ? words.gateWarning : words.gatePassed)(project);
      const lines = [gateWords({ gateReason: reason }, t), healthLine(health, healthBefore, t, format)];
      return {
        tone: gate === 'failed' ? 'bad' : gate === 'warning' ? 'warning' : 'good',
        title,
        lines: [...lines.filter((line) => line !== ''), placeLine(notice.data, t)],
        link: { label: words.audit(String(number)), url },
      };
    }
    case 'new_findings': {
      const { data } = notice;
      const count = countWanted(settings, data);
      const shown = wantedFindings(data, settings).top.slice(0, SHOWN_FINDINGS);
      const rest = count - shown.length;
      return {
        tone: 'bad',
        title: words.newFindings(project, format.number(count)),
        lines: [
          ...shown.map(({ ruleId, severity, path, line }) => {
            const rule = findRule(ruleId)?.title[settings.language] ?? ruleId;
            const name = textOf(t.common.severity, severity) ?? severity;
            return words.finding(name, rule, path === null ? project : `${path}${line === null ? '' : `:${line}`}`);
          }),
          ...(rest > 0 ? [words.more(format.number(rest))] : []),
          placeLine(data, t),
        ],
        link: { label: words.findings, url },
      };
    }
    case 'violation_rate': {
      const { rate, before } = notice.data;
      return {
        tone: 'bad',
        title: words.rate(project, format.number(rate, 1)),
        lines: [
          words.rateLimit(format.number(settings.violationLimit, 1)),
          ...(before === null ? [] : [words.rateBefore(format.number(before, 1))]),
          placeLine(notice.data, t),
        ],
        link: { label: words.audit(String(notice.data.number)), url },
      };
    }
    case 'prediction': {
      const { files, entered, days } = notice.data;
      const isForecast = days !== null && entered.length === 0;
      return {
        tone: 'warning',
        title: isForecast ? words.predictionDays(project, format.number(days)) : words.prediction(project),
        lines: [
          ...(days !== null && !isForecast ? [words.predictionDays(project, format.number(days))] : []),
          ...files.slice(0, SHOWN_RISKS).map(({ path }) => (entered.includes(path) ? words.riskNew(path) : path)),
          placeLine(notice.data, t),
        ],
        link: { label: words.project, url },
      };
    }
    case 'audit_failed': {
      const { errorCode, number } = notice.data;
      return {
        tone: 'bad',
        title: words.auditFailed(project, String(number)),
        lines: [textOf(t.errors.codes, errorCode) ?? errorCode],
        link: { label: words.audit(String(number)), url },
      };
    }
    case 'access_lost': {
      const { connectionName, projects } = notice.data;
      return {
        tone: 'bad',
        title: words.accessLost(connectionName),
        lines: [words.accessProjects(format.number(projects))],
        link: { label: words.hosts, url },
      };
    }
  }
}

function wantedFindings(data: NoticeData['new_findings'], settings: ChannelSettings) {
  const top = data.top.filter(
    ({ magic, severity }) => isMagicWanted(settings, magic) && isSeverityWanted(settings, severity),
  );
  return { ...data, top };
}

function addressOf(notice: Notice, publicUrl: string, teamId: string): string {
  const project = `${publicUrl}/projects/${notice.project?.id ?? ''}`;
  switch (notice.kind) {
    case 'access_lost':
      return `${publicUrl}/teams/${teamId}/hosts`;
    case 'new_findings':
      return `${project}/findings`;
    case 'prediction':
      return project;
    default:
      return notice.auditId ? `${publicUrl}/audits/${notice.auditId}` : project;
  }
}

function placeLine(
  { branch, commitId, number }: { branch: string; commitId: string | null; number: number },
  t: Messages,
) {
  return t.notifications.message.place(branch, (commitId ?? '').slice(0, SHORT_COMMIT), String(number));
}

function healthLine(
  now: number | null,
  before: number | null,
  t: Messages,
  format: ReturnType<typeof createFormat>,
): string {
  if (now === null) return '';
  const score = format.number(now, 1);
  const change = before === null ? 0 : Math.round((now - before) * 10) / 10;
  const words = t.notifications.message;
  return change === 0 ? words.health(score) : words.healthChanged(score, format.change(change, 1));
}
