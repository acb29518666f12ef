'use client';

import Button from '@mui/material/Button';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { ChannelView } from '@/lib/schemas/channels';
import { problemWords } from './problem-words';
import { useChannelChange } from './use-channel-change';

/** Why nothing arrives, and the way out. */
export function ChannelTrouble({ teamId, channel }: { teamId: string; channel: ChannelView }) {
  const t = useMessages();
  const words = t.notifications;
  const format = useFormat();
  const change = useChannelChange(teamId, channel.channelId);
  const { status, problem, disabledAt, failingSince, previousSecretUntil } = channel;
  const reason = problem && problemWords(problem.code, t);
  const answer = problem && problem.status !== null ? words.actions.answer(String(problem.status)) : '';
  return (
    <>
      {status === 'disabled' && (
        <Note
          status="error"
          action={
            <Button
              size="small"
              variant="outlined"
              loading={change.isPending}
              onClick={() => change.mutate({ body: { isEnabled: true }, told: words.actions.enabled })}
            >
              {words.actions.enableAgain}
            </Button>
          }
        >
          <b>{words.disabledNow(format.dateTime(disabledAt ?? channel.createdAt))}</b> {reason} {answer}
        </Note>
      )}
      {status === 'active' && problem && (
        <Note status="warning">
          <b>{words.failingNow(format.dateTime(failingSince ?? channel.createdAt))}</b> {reason} {answer}
        </Note>
      )}
      {previousSecretUntil && <Note>{words.actions.formerUntil(format.dateTime(previousSecretUntil))}</Note>}
    </>
  );
}
