'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import { type FormEvent, useId, useState } from 'react';
import { Field } from '@/components/forms/Field';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { StatusMark } from '@/components/marks/StatusMark';
import { isNoSuchBranch, useRunAudit } from '@/components/projects/use-run-audit';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { BranchName } from '@/lib/schemas/common';
import type { ProjectOverview } from '@/lib/schemas/projects';

interface RunAuditDialogProps {
  overview: ProjectOverview;
  /** What the person came to choose. */
  start: 'magics' | 'branch';
  onClose: () => void;
}

/** Git's own commands take a branch by its whole name, too. */
const branchNameIn = (text: string): string => text.trim().replace(/^refs\/heads\//, '');

/** Which branch and which magics. A magic that the policy leaves out is not offered. */
export function RunAuditDialog({ overview, start, onClose }: RunAuditDialogProps) {
  const t = useMessages();
  const id = useId();
  const offered = MAGIC_IDS.filter((magic) => overview.magics.some((card) => card.magic === magic && card.weight > 0));
  const [branch, setBranch] = useState(start === 'branch' ? '' : overview.branch);
  const [chosen, setChosen] = useState<readonly MagicId[]>(offered);
  const [isChecked, setChecked] = useState(false);
  const runAudit = useRunAudit();
  const isAll = chosen.length === offered.length;
  const asked = runAudit.variables?.request;
  const name = branchNameIn(branch);
  const isUnknown = asked?.branch === name && isNoSuchBranch(runAudit.error, asked);
  const problemOf = (text: string) =>
    text === ''
      ? t.project.run.branchMissing
      : BranchName.safeParse(text).success
        ? null
        : t.project.run.branchForbidden;
  const branchError = (isChecked ? problemOf(name) : null) ?? (isUnknown ? t.project.run.branchUnknown(name) : null);
  const magicsError = chosen.length === 0 ? t.project.run.noneChosen : null;

  const toggle = (magic: MagicId) =>
    setChosen(offered.filter((one) => (one === magic ? !chosen.includes(one) : chosen.includes(one))));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (problemOf(name) !== null) return focusFirstError();
    if (chosen.length === 0) return;
    const request = { branch: name, ...(isAll ? {} : { enabledMagics: [...chosen] }) };
    runAudit.mutate(
      { projectId: overview.projectId, projectName: overview.projectName, request },
      { onSuccess: onClose, onError: focusFirstError },
    );
  };
  return (
    <Dialog open onClose={onClose} fullWidth aria-labelledby={`${id}-title`}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={`${id}-title`}>{t.project.run.title}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 4 }}>
          <Field
            label={t.project.run.branch}
            name="branch"
            value={branch}
            onChange={setBranch}
            help={t.project.run.branchHelp(overview.branch)}
            error={branchError}
            check={(text) => problemOf(branchNameIn(text))}
            required
            autoFocus={start === 'branch'}
            inputProps={{ autoCapitalize: 'none', spellCheck: 'false', maxLength: 250 }}
          />
          <Box component="fieldset" sx={GROUP} aria-describedby={`${id}-magics`}>
            <Box component="legend" sx={{ fontWeight: 500, p: 0, mb: 1 }}>
              {t.project.run.magics}
            </Box>
            <FormControlLabel
              sx={LINE}
              label={t.project.run.all}
              control={
                <Checkbox
                  checked={isAll}
                  indeterminate={!isAll && chosen.length > 0}
                  autoFocus={start === 'magics'}
                  onChange={() => setChosen(isAll ? [] : offered)}
                />
              }
            />
            <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
              {offered.map((magic) => (
                <FormControlLabel
                  key={magic}
                  sx={LINE}
                  control={<Checkbox checked={chosen.includes(magic)} onChange={() => toggle(magic)} />}
                  label={
                    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: '7px' }}>
                      <Glyph magic={magic} />
                      {t.common.magics[magic]}
                    </Box>
                  }
                />
              ))}
            </Box>
            <Box id={`${id}-magics`} sx={{ typography: 'body2', color: 'elder.text3', mt: 1 }}>
              {magicsError ? (
                <Box component="span" role="alert" sx={{ display: 'flex', gap: '6px', color: 'error.main' }}>
                  <StatusMark status="error" />
                  {magicsError}
                </Box>
              ) : (
                t.project.run.magicsHelp
              )}
            </Box>
          </Box>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="contained" loading={runAudit.isPending}>
            {t.project.run.button}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const GROUP = { border: 0, m: 0, p: 0, minWidth: 0 } as const;
const LINE = { ml: '-4px', mr: 0, '& .MuiFormControlLabel-label': { fontSize: '0.8125rem' } } as const;
