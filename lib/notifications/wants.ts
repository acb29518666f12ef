import { SEVERITIES, type Severity } from '@/lib/magics/types';
import type { ChannelSettings } from '@/lib/schemas/channels';
import type { NoticeData, NoticeFact } from './notice';

/** Whether a channel with these settings is told of it. */
export function wants(settings: ChannelSettings, notice: NoticeFact): boolean {
  const { events, projectIds, violationLimit, isOnlyOnChange } = settings;
  if (!events.includes(notice.kind)) return false;
  if (projectIds.length > 0 && notice.projectId !== null && !projectIds.includes(notice.projectId)) return false;
  switch (notice.kind) {
    case 'gate_turned':
      return !isOnlyOnChange || isTurned(notice.data);
    case 'new_findings':
      return countWanted(settings, notice.data) > 0;
    case 'violation_rate': {
      const { rate, before } = notice.data;
      return rate > violationLimit && (!isOnlyOnChange || before === null || before <= violationLimit);
    }
    case 'prediction': {
      const { entered, days, daysBefore } = notice.data;
      const isNew = entered.length > 0 || (days !== null && daysBefore === null);
      return isMagicWanted(settings, 'predictive') && (!isOnlyOnChange || isNew);
    }
    case 'audit_failed':
      return !isOnlyOnChange || notice.data.before !== 'failed';
    case 'access_lost':
      return true;
  }
}

/** Whether the gate went from red to something else, or back. The first verdict counts when it is red. */
export function isTurned({ gate, before }: Pick<NoticeData['gate_turned'], 'gate' | 'before'>): boolean {
  return (gate === 'failed') !== (before === 'failed');
}

/** New findings that the channel is to hear of. */
export function countWanted(settings: ChannelSettings, { counts }: Pick<NoticeData['new_findings'], 'counts'>): number {
  const severities = SEVERITIES.filter((severity) => isSeverityWanted(settings, severity));
  return Object.entries(counts)
    .filter(([magic]) => isMagicWanted(settings, magic))
    .reduce((sum, [, count]) => sum + severities.reduce((part, severity) => part + (count[severity] ?? 0), 0), 0);
}

export function isSeverityWanted({ minSeverity }: Pick<ChannelSettings, 'minSeverity'>, severity: string): boolean {
  const place = SEVERITIES.indexOf(severity as Severity);
  return place >= 0 && place <= SEVERITIES.indexOf(minSeverity);
}

export function isMagicWanted({ magics }: Pick<ChannelSettings, 'magics'>, magic: string): boolean {
  return magics.length === 0 || magics.some((wanted) => wanted === magic);
}
