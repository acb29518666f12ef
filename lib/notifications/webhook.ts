import { createHmac, randomBytes } from 'node:crypto';
import type { StoredMessage } from './message';

/** Of Standard Webhooks; what follows it is base64. */
const PREFIX = 'whsec_';
const MOST_EVENTS = 50;

/** A new signing secret. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/** What a webhook of a team's own is sent. */
export function toWebhook(
  { message, events }: StoredMessage,
  parts: { type: string; at: Date; team: { id: string; name: string }; channel: { id: string; name: string } },
): string {
  const { type, at, team, channel } = parts;
  return JSON.stringify({
    type,
    timestamp: at.toISOString(),
    data: {
      team,
      channel,
      language: message.language,
      title: message.title,
      events: events.slice(0, MOST_EVENTS),
      leftOut: Math.max(0, events.length - MOST_EVENTS),
    },
  });
}

/**
 * Headers by https://www.standardwebhooks.com: one signature for each secret, the newest first.
 * @param id the same for every try, so that who gets a message twice can tell
 */
export function signWebhook(id: string, at: Date, body: string, secrets: readonly string[]): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000);
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
