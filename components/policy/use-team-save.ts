'use client';

import { useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { Configuration, ConfigurationView } from '@/lib/schemas/configuration';
import type { Draft } from './use-draft';
import { type Save, useSave } from './use-save';

/** Saves the draft as the configuration of a team. */
export function useTeamSave(teamId: string, draft: Draft): Save {
  const client = useQueryClient();
  return useSave({
    draft,
    send: async (reason) => {
      const view = await callApi<ConfigurationView>(`/teams/${teamId}/configuration`, {
        method: 'PUT',
        body: { version: draft.held.version, configuration: draft.configuration, preset: draft.preset, reason },
      });
      client.setQueryData(queryKeys.configuration(teamId), view);
      void client.invalidateQueries({ queryKey: queryKeys.configurationHistory(teamId) });
      return view;
    },
    readCurrent: ({ current }) => ({ configuration: current as Configuration }),
  });
}
