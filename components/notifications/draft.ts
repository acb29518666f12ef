import type { Messages } from '@/lib/i18n/messages';
import type { ChannelKind } from '@/lib/schemas/channel-kinds';
import type { ChannelSettings, ChannelView } from '@/lib/schemas/channels';

/** A channel as it stands in the form. */
export interface ChannelDraft extends ChannelSettings {
  name: string;
  /** Empty: the one that is kept. */
  address: string;
  emails: string[];
  isEnabled: boolean;
}

export type DraftField = 'name' | 'address' | 'emails' | 'timeZone' | 'events' | 'dailyAt' | 'weeklyAt' | 'quietHours';
export type DraftProblems = Partial<Record<DraftField, string>>;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

export function draftOf(channel: ChannelView): ChannelDraft {
  const { language, timeZone, events, projectIds, minSeverity, magics, violationLimit, frequency } = channel;
  const { isOnlyOnChange, quietHours, dailyAt, weekly, mostAnHour, name, isEnabled } = channel;
  return {
    ...{ language, timeZone, events, projectIds, minSeverity, magics, violationLimit, frequency },
    ...{ isOnlyOnChange, quietHours, dailyAt, weekly, mostAnHour, name, isEnabled },
    address: '',
    emails: channel.emails.map(({ email }) => email),
  };
}

/** What of the form must be changed before it can be saved, by field. */
export function draftProblems(
  draft: ChannelDraft,
  { kind, isNew, t }: { kind: ChannelKind; isNew: boolean; t: Messages },
): DraftProblems {
  const words = t.notifications.form;
  const bad = draft.emails.find((email) => !EMAIL.test(email));
  const isDaily = draft.frequency === 'low';
  const isWeekly = draft.events.includes('weekly_digest');
  const { quietHours } = draft;
  const problems: [DraftField, string | null | false][] = [
    ['name', draft.name.trim() === '' && words.nameMissing],
    ['address', kind !== 'email' && addressProblem(draft.address.trim(), isNew, words)],
    [
      'emails',
      kind === 'email' && (draft.emails.length === 0 ? words.emailsMissing : bad ? words.emailBad(bad) : null),
    ],
    ['timeZone', !isTimeZone(draft.timeZone) && words.timeZoneBad],
    ['events', draft.events.length === 0 && words.eventsMissing],
    ['dailyAt', isDaily && !TIME.test(draft.dailyAt) && words.timeBad],
    ['weeklyAt', isWeekly && !TIME.test(draft.weekly.at) && words.timeBad],
    ['quietHours', quietHours !== null && quietProblem(quietHours, words)],
  ];
  return Object.fromEntries(problems.filter(([, problem]) => problem)) as DraftProblems;
}

function addressProblem(address: string, isNew: boolean, words: Messages['notifications']['form']): string | null {
  if (address === '') return isNew ? words.addressMissing : null;
  // An operator may allow http to machines of the company: the server knows.
  return /^https?:\/\/[^\s/]+/.test(address) && URL.canParse(address) ? null : words.addressBad;
}

function quietProblem({ from, to }: { from: string; to: string }, words: Messages['notifications']['form']) {
  if (!TIME.test(from) || !TIME.test(to)) return words.timeBad;
  return from === to ? words.quietSame : null;
}

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** What the form changed, as the API takes it. */
export function changesOf(draft: ChannelDraft, base: ChannelDraft, kind: ChannelKind): Record<string, unknown> {
  const { address, emails, name, ...rest } = draft;
  const changed = Object.entries({ ...rest, name: name.trim() }).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(base[field as keyof ChannelDraft]),
  );
  return {
    ...Object.fromEntries(changed),
    ...(kind !== 'email' && address.trim() !== '' && { address: address.trim() }),
    ...(kind === 'email' && JSON.stringify(emails) !== JSON.stringify(base.emails) && { emails }),
  };
}
