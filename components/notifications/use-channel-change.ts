'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { ChannelView } from '@/lib/schemas/channels';
import { problemOf } from '../api/client';
import { problemWords } from './problem-words';

interface Change {
  body: Record<string, unknown>;
  /** What is said once it is done. */
  told: string;
}

/** Changes a channel at once, outside its form. */
export function useChannelChange(teamId: string, channelId: string) {
  const t = useMessages();
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: ({ body }: Change) =>
      callApi<ChannelView>(`/teams/${teamId}/channels/${channelId}`, { method: 'PATCH', body }),
    onSuccess: (channel, { told }) => {
      client.setQueryData(queryKeys.channel(teamId, channelId), channel);
      toast({ text: told });
    },
    onError: (error) => toast({ text: problemWords(problemOf(error).code, t) }),
  });
}
