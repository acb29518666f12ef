'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '@/components/api/client';
import { useToast } from '@/components/feedback/ToastProvider';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { refuseWrongNumbers } from '@/components/forms/wrong-numbers';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { VersionConflict } from '@/lib/schemas/configuration';
import { type FieldProblems, fieldProblems, openProblems, problemAt } from './field-problems';
import type { HeldVersion } from './held-version';
import type { Draft } from './use-draft';

/** The other version, where somebody saved while this one was edited. */
export interface Conflict extends Omit<HeldVersion, 'preset'> {
  by: string | null;
  /** Whether the team's version moved, and not the project's own. */
  isOfTeam: boolean;
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

interface SaveOptions {
  draft: Draft;
  /** Sends the draft as it is; gives back what holds then. */
  send: (reason: string) => Promise<HeldVersion>;
  /** What a conflict says is current. */
  readCurrent: (conflict: VersionConflict) => Pick<HeldVersion, 'configuration' | 'team'>;
}

/** Saves a draft as a new version, and keeps all of it when that is refused. */
export function useSave({ draft, send, readCurrent }: SaveOptions): Save {
  const t = useMessages();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [problems, setProblems] = useState<FieldProblems | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const isMissing = reason.trim() === '';

  const mutation = useMutation({
    mutationFn: () => send(reason.trim()),
    onSuccess: (held) => {
      forget();
      draft.hold(held);
      toast({ text: t.policy.save.saved(String(held.version)) });
    },
    onError: (error) => {
      const { code, details } = problemOf(error);
      if (code === 'conflict' && details.current) {
        const other = details as unknown as VersionConflict;
        setConflict({
          version: other.currentVersion,
          ...readCurrent(other),
          by: other.changedBy?.name ?? null,
          isOfTeam: other.currentVersion === other.yourVersion,
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
    if (refuseWrongNumbers()) return;
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
    problems: openProblems(problems, draft.configuration),
    errorAt: (...path) => problemAt(problems, path, draft.configuration, t),
    conflict,
    endConflict: (isKeeping) => {
      if (conflict) {
        const { by: _by, isOfTeam: _isOfTeam, ...held } = conflict;
        draft.hold({ ...held, preset: draft.preset }, isKeeping);
      }
      setConflict(null);
      mutation.reset();
    },
    save,
    forget,
  };
}
