import type { MarkStatus } from '@/components/marks/status-drawings';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { ChannelView } from '@/lib/schemas/channels';

/** Whether something reaches the other end, in a mark and a word. */
export function channelState(channel: ChannelView, t: Messages, format: Format): { mark: MarkStatus; word: string } {
  const words = t.notifications.states;
  if (channel.status === 'disabled') return { mark: 'error', word: words.disabled };
  if (!channel.isEnabled) return { mark: 'not_applicable', word: words.off };
  if (channel.mutedUntil) return { mark: 'not_applicable', word: words.muted(format.dateTime(channel.mutedUntil)) };
  if (channel.problem) return { mark: 'warning', word: words.failing };
  const isReached =
    channel.kind !== 'email' || channel.emails.some(({ state }) => state === 'member' || state === 'confirmed');
  return isReached ? { mark: 'passed', word: words.active } : { mark: 'waiting', word: words.waitsForConfirmation };
}
