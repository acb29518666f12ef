import * as z from 'zod';
import { LANGUAGES, SEVERITIES } from '@/lib/magics/types';
import { CHANNEL_EVENTS, CHANNEL_KINDS, FREQUENCIES } from './channel-kinds';
import { Instant, MagicKey, NameText, PageRequest, PlainText, SeverityKey } from './common';
import { isTimeZone } from './cron';
import { LONGEST_NAME } from './teams';

export const ChannelKind = z.enum(CHANNEL_KINDS);

/** Addresses that one channel mails to. */
const MOST_ADDRESSES = 20;
const LONGEST_ADDRESS = 2_000;
const MOST_PROJECTS = 200;

const TimeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'not a time of day, as 09:00')
  .describe('On clocks of the channel’s time zone');

const SETTINGS = {
  language: z.enum(LANGUAGES).describe('Of the messages'),
  timeZone: z.string().max(64).refine(isTimeZone, 'not the name of a time zone, as Europe/Berlin'),
  events: z.array(z.enum(CHANNEL_EVENTS)).min(1).max(CHANNEL_EVENTS.length),
  projectIds: z.array(z.uuid()).max(MOST_PROJECTS).describe('Only these projects; all when empty'),
  minSeverity: SeverityKey.describe('The least severity of new findings that are told'),
  magics: z.array(MagicKey).max(8).describe('Whose new findings and warnings are told; all when empty'),
  violationLimit: z
    .number()
    .min(0)
    .max(10_000)
    .describe('Open findings per 1,000 lines of code above which `violation_rate` is told'),
  frequency: z
    .enum(FREQUENCIES)
    .describe('high: at once; normal: joined for five minutes; low: joined once a day at `dailyAt`'),
  isOnlyOnChange: z.boolean().describe('Off: what stays bad is told after every audit'),
  quietHours: z
    .strictObject({ from: TimeOfDay, to: TimeOfDay })
    .refine(({ from, to }) => from !== to, 'must not begin when they end')
    .nullable()
    .describe('Messages wait until they are over, then come as one'),
  dailyAt: TimeOfDay,
  weekly: z
    .strictObject({ weekday: z.number().int().min(1).max(7).describe('1: Monday'), at: TimeOfDay })
    .describe('When `weekly_digest` comes'),
  mostAnHour: z.number().int().min(1).max(60).describe('Messages an hour; what is beyond is joined in the next'),
};

export const ChannelSettings = z.object(SETTINGS);
export type ChannelSettings = z.infer<typeof ChannelSettings>;

export const DEFAULT_SETTINGS: ChannelSettings = {
  language: 'en',
  timeZone: 'UTC',
  events: ['gate_turned', 'new_findings', 'audit_failed', 'access_lost'],
  projectIds: [],
  minSeverity: SEVERITIES[0],
  magics: [],
  violationLimit: 50,
  frequency: 'high',
  isOnlyOnChange: true,
  quietHours: null,
  dailyAt: '09:00',
  weekly: { weekday: 1, at: '09:00' },
  mostAnHour: 10,
};

const Name = NameText.trim().min(1).max(LONGEST_NAME);
const Address = PlainText.trim()
  .min(1)
  .max(LONGEST_ADDRESS)
  .describe('Of the webhook, from the service; kept sealed and never shown again');
const Emails = z
  .array(z.email().max(254).toLowerCase())
  .max(MOST_ADDRESSES)
  .describe('Those that are no member’s get a letter first and must confirm it');
const Common = {
  isEnabled: z.boolean().describe('Switching it on again also forgets that it was refused'),
  mutedUntil: Instant.nullable().describe('What happens until then is not told'),
};

/** POST /teams/{teamId}/channels */
export const ChannelRequest = z
  .strictObject({
    kind: ChannelKind,
    name: Name,
    address: Address.optional(),
    emails: Emails.optional(),
    ...Common,
    ...SETTINGS,
  })
  .partial()
  .required({ kind: true, name: true });
export type ChannelRequest = z.infer<typeof ChannelRequest>;

/** PATCH /teams/{teamId}/channels/{channelId}: what is left out stays. */
export const ChannelChange = z
  .strictObject({ name: Name, address: Address, emails: Emails, ...Common, ...SETTINGS })
  .partial();
export type ChannelChange = z.infer<typeof ChannelChange>;

export const RECIPIENT_STATES = ['member', 'confirmed', 'asked', 'expired', 'stopped'] as const;
const DELIVERY_STATUSES = ['waiting', 'sending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

const Problem = z.object({
  code: z.string().describe('As of problems, or `channel_…`'),
  status: z.number().int().nullable().describe('HTTP or SMTP status of the answer; null without one'),
});

export const ChannelView = z.object({
  channelId: z.uuid(),
  kind: ChannelKind,
  name: z.string(),
  shownAddress: z.string().nullable().describe('Host and last characters; null of e-mail'),
  emails: z.array(z.object({ email: z.string(), state: z.enum(RECIPIENT_STATES) })),
  previousSecretUntil: Instant.nullable().describe('Until when messages are signed with the former secret too'),
  ...SETTINGS,
  ...Common,
  status: z.enum(['active', 'disabled']).describe('disabled: the other end refused too often, nothing is sent'),
  problem: Problem.nullable().describe('Why the last message did not arrive; null when it did'),
  failingSince: Instant.nullable(),
  disabledAt: Instant.nullable(),
  waiting: z.number().int().describe('What happened and waits to be told'),
  lastDelivery: z
    .object({ status: z.enum(DELIVERY_STATUSES), at: Instant, responseStatus: z.number().int().nullable() })
    .nullable(),
  createdAt: Instant,
});
export type ChannelView = z.infer<typeof ChannelView>;

export const ChannelList = z.object({
  items: z.array(ChannelView),
  isMailSetUp: z.boolean().describe('Whether this server sends mail at all'),
});
export type ChannelList = z.infer<typeof ChannelList>;

/** The secret of a webhook is shown this once; null of other kinds. */
export const ChannelCreated = ChannelView.extend({ secret: z.string().nullable() });
export type ChannelCreated = z.infer<typeof ChannelCreated>;

export const ChannelSecret = z.object({
  secret: z.string().describe('Shown this once'),
  previousSecretUntil: Instant,
});
export type ChannelSecret = z.infer<typeof ChannelSecret>;

export const DeliveryView = z.object({
  deliveryId: z.uuid(),
  messageId: z.uuid().describe('`webhook-id`: the same for every try and replay'),
  kind: z.enum(['notices', 'weekly', 'test']),
  title: z.string(),
  recipient: z.string().nullable().describe('Of e-mail'),
  status: z.enum(DELIVERY_STATUSES),
  tries: z.number().int(),
  nextTryAt: Instant.nullable(),
  problem: z.string().nullable(),
  responseStatus: z.number().int().nullable(),
  response: z.string().nullable().describe('How the answer began'),
  durationMs: z.number().int().nullable(),
  replayOfId: z.uuid().nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;
export const DeliveryPage = z.object({ items: z.array(DeliveryView), nextCursor: z.string().nullable() });
export type DeliveryPage = z.infer<typeof DeliveryPage>;
export const DeliveryListRequest = PageRequest;

/** POST /teams/{teamId}/channels/{channelId}/test */
export const ChannelTest = z.object({ isDelivered: z.boolean(), deliveries: z.array(DeliveryView) });
export type ChannelTest = z.infer<typeof ChannelTest>;

/** GET /mail-channels/{token} */
export const MailChannel = z.object({
  teamName: z.string(),
  channelName: z.string(),
  email: z.string(),
  state: z.enum(RECIPIENT_STATES),
});
export type MailChannel = z.infer<typeof MailChannel>;
export const MailChannelAnswer = z.strictObject({ wants: z.boolean().describe('false: no more messages') });
export type MailChannelAnswer = z.infer<typeof MailChannelAnswer>;

/** A channel as everybody in the team may know it. */
export const ChannelName = z.object({
  channelId: z.uuid(),
  kind: ChannelKind,
  name: z.string(),
  isOn: z.boolean(),
});
export type ChannelName = z.infer<typeof ChannelName>;
