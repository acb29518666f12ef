export const CHANNEL_KINDS = ['email', 'slack', 'discord', 'teams', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What a channel can be told of as it happens. */
export const NOTICE_KINDS = [
  'gate_turned',
  'new_findings',
  'violation_rate',
  'prediction',
  'audit_failed',
  'access_lost',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export const CHANNEL_EVENTS = [...NOTICE_KINDS, 'weekly_digest'] as const;
export type ChannelEvent = (typeof CHANNEL_EVENTS)[number];

export const FREQUENCIES = ['high', 'normal', 'low'] as const;
