'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useId, useState } from 'react';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { SwitchLine } from '@/components/policy/SwitchLine';
import type { ClusterView } from '@/lib/schemas/cluster';
import { DestroyDialog } from './DestroyDialog';
import { isOpen } from './is-open';
import { useClusterRun } from './use-cluster-run';

const VERBS = ['validate', 'diff', 'status', 'apply'] as const;

/** What can be done with the stored configuration; what cannot says why. */
export function ClusterActions({ view, isUnsaved }: { view: ClusterView; isUnsaved: boolean }) {
  const t = useMessages();
  const words = t.cluster.actions;
  const id = useId();
  const [isForced, setForced] = useState(false);
  const [isDestroying, setDestroying] = useState(false);
  const run = useClusterRun();
  const { access, version, runs, checked } = view;
  const isNone = access === 'none';
  const problem = isUnsaved
    ? words.unsavedFirst
    : version === 0
      ? words.none
      : runs.some(isOpen)
        ? words.busy
        : isNone
          ? words.noAccess
          : null;
  const canValidate = problem === null || problem === words.noAccess;
  return (
    <Panel title={words.title} headingId={id}>
      <Box sx={{ display: 'grid', gap: 3 }}>
        {run.isError && <ErrorNote error={run.error} />}
        <Box sx={BUTTONS}>
          {VERBS.map((verb) => (
            <Button
              key={verb}
              variant={verb === 'apply' ? 'contained' : 'outlined'}
              disabled={verb === 'validate' ? !canValidate : problem !== null}
              aria-describedby={problem ? `${id}-problem` : undefined}
              loading={run.isPending && run.variables.verb === verb}
              onClick={() => run.mutate({ verb, ...((verb === 'apply' || verb === 'diff') && { isForced }) })}
            >
              {t.cluster.verb[verb]}
            </Button>
          ))}
          {version > 0 && (
            <Button component="a" href="/api/v1/cluster/manifests" download="ancient-elder.yaml" variant="outlined">
              {words.download}
            </Button>
          )}
          <Button
            variant="outlined"
            color="error"
            disabled={problem !== null}
            aria-haspopup="dialog"
            aria-describedby={problem ? `${id}-problem` : undefined}
            onClick={() => setDestroying(true)}
          >
            {t.cluster.verb.destroy}
          </Button>
        </Box>
        {problem && (
          <Box id={`${id}-problem`} sx={{ typography: 'body2', color: 'text.secondary' }}>
            {problem}
          </Box>
        )}
        {!isNone && (
          <SwitchLine
            label={words.forced}
            help={words.forcedHelp}
            isOn={isForced}
            isReadOnly={false}
            onChange={setForced}
          />
        )}
      </Box>
      {isDestroying && (
        <DestroyDialog name={String(checked.configuration?.name ?? '')} onClose={() => setDestroying(false)} />
      )}
    </Panel>
  );
}

const BUTTONS = { display: 'flex', flexWrap: 'wrap', gap: 2 } as const;
