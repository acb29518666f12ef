'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { Configuration, ConfigurationView, VersionConflict } from '@/lib/schemas/configuration';
import { type FieldProblems, fieldProblems, problemAt } from './field-problems';
import type { Draft } from './use-draft';

/** The other version, where somebody saved while this one was edited. */
export interface Conflict {
  version: number;
  configuration: Configuration;
  by: string | null;
}

export interface Save {
  reason: string;
  setReason: (reason: string) => void;
  isReasonMissing: boolean;
  isSaving: boolean;
  /** What kept the save from happening, but for conflicts and settings that are marked themselves. */
  error: Error | null;
  problems: FieldProblems | null;
  errorAt: (...path: readonly (string | number)[]) => string | null;
  conflict: Conflict | null;
  endConflict: (isKeeping: boolean) => void;
  save: () => void;
  forget: () => void;
}

/** Saves a draft as a new version, and keeps all of it when that is refused. */
export function useSave(teamId: string, draft: Draft): Save {
  const t = useMessages();
  const toast = useToast();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [problems, setProblems] = useState<FieldProblems | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const isMissing = reason.trim() === '';

  const mutation = useMutation({
    mutationFn: () =>
      callApi<ConfigurationView>(`/teams/${teamId}/configuration`, {
        method: 'PUT',
        body: {
          version: draft.held.version,
          configuration: draft.configuration,
          preset: draft.preset,
          reason: reason.trim(),
        },
      }),
    onSuccess: async (view) => {
      forget();
      draft.hold(view);
      client.setQueryData(queryKeys.configuration(teamId), view);
      toast({ text: t.policy.save.saved(String(view.version)) });
      await client.invalidateQueries({ queryKey: queryKeys.configurationHistory(teamId) });
    },
    onError: (error) => {
      const { code, details } = problemOf(error);
      if (code === 'conflict' && details.current) {
        const { currentVersion, current, changedBy } = details as unknown as VersionConflict;
        setConflict({
          version: currentVersion,
          configuration: current as Configuration,
          by: changedBy?.name ?? null,
        });
        return;
      }
      setProblems(fieldProblems(details, draft.configuration));
      focusFirstError();
    },
  });

  const forget = () => {
    setReason('');
    setChecked(false);
    setProblems(null);
    setConflict(null);
    mutation.reset();
  };
  const save = () => {
    if (mutation.isPending || draft.changes.length === 0) return;
    setChecked(true);
    if (isMissing) focusFirstError();
    else mutation.mutate();
  };
  const isShownElsewhere = conflict !== null || problems !== null;
  return {
    reason,
    setReason,
    isReasonMissing: isChecked && isMissing,
    isSaving: mutation.isPending,
    error: isShownElsewhere ? null : mutation.error,
    problems,
    errorAt: (...path) => problemAt(problems, path, draft.configuration, t),
    conflict,
    endConflict: (isKeeping) => {
      if (conflict) draft.hold({ ...conflict, preset: draft.preset }, isKeeping);
      setConflict(null);
      mutation.reset();
    },
    save,
    forget,
  };
}
