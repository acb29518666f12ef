'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { type ReactNode, useId } from 'react';
import { useFieldCheck } from '@/components/forms/use-field-check';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import { Icon } from '@/components/marks/Icon';
import type { Save } from './use-save';

interface SaveBarProps {
  count: number;
  nextVersion: number;
  saving: Save;
  /** What kept it from being saved, with the way there. */
  problem?: ReactNode;
  /** The first sentence of the preview, which opens it where it has no place of its own. */
  preview: string;
  onPreview: () => void;
  onReview: () => void;
  onDiscard: () => void;
}

/** Stands at the lower edge while something is not saved. */
export function SaveBar(props: SaveBarProps) {
  const { count, nextVersion, saving, problem, preview, onPreview, onReview, onDiscard } = props;
  const t = useMessages();
  const format = useFormat();
  const id = useId();
  const words = t.policy.save;
  const { reason, setReason, isReasonMissing, isSaving, save } = saving;
  const { error, onInput, onLeave } = useFieldCheck(isReasonMissing ? words.reasonMissing : null, (text) =>
    text.trim() === '' ? words.reasonMissing : null,
  );
  return (
    <Box
      component="form"
      aria-label={words.bar}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      sx={BAR}
    >
      <Button size="small" color="info" onClick={onPreview} endIcon={<Icon name="up" size={12} />} sx={PREVIEW}>
        {preview}
      </Button>
      {problem && <Box sx={{ gridColumn: '1 / -1', width: '100%', '&:empty': { display: 'none' } }}>{problem}</Box>}
      <Box sx={COUNT}>
        <Box component="span" aria-hidden sx={DOT} />
        <Box component="span" role="status" sx={{ fontWeight: 500 }}>
          {words.unsaved(format.number(count))}
        </Box>
        <Button size="small" color="info" onClick={onReview}>
          {words.review}
        </Button>
      </Box>
      <Button variant="outlined" onClick={onDiscard} disabled={isSaving} sx={{ order: { md: 3 } }}>
        {words.discard}
      </Button>
      <Box sx={REASON}>
        <OutlinedInput
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
            onInput(event.target);
          }}
          onBlur={(event) => onLeave(event.target)}
          placeholder={words.reasonHelp}
          fullWidth
          error={error !== null}
          slotProps={{
            input: {
              'aria-label': words.reason,
              'aria-required': true,
              'aria-invalid': error !== null,
              'aria-describedby': error ? `${id}-error` : undefined,
              autoComplete: 'off',
              maxLength: 1000,
            },
          }}
        />
        {error && (
          <Box id={`${id}-error`} role="alert" sx={{ mt: 1, typography: 'body2', color: 'error.main' }}>
            {error}
          </Box>
        )}
      </Box>
      <Button type="submit" variant="contained" loading={isSaving} sx={{ order: { md: 4 } }}>
        {words.submit(format.number(nextVersion))}
        <Box component="span" aria-hidden sx={KEYS}>
          <KeyHint>Ctrl S</KeyHint>
        </Box>
      </Button>
    </Box>
  );
}

const BAR = {
  position: 'sticky',
  zIndex: 3,
  bottom: { xs: 'calc(60px + env(safe-area-inset-bottom))', md: 0 },
  display: { xs: 'grid', md: 'flex' },
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  flexWrap: 'wrap',
  alignItems: { xs: 'start', md: 'center' },
  gap: { xs: 2, md: 3 },
  mt: 'auto',
  mx: { xs: -4, md: -6 },
  px: { xs: 4, md: 6 },
  py: 3,
  borderTop: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
} as const;

const PREVIEW = {
  display: { lg: 'none' },
  gridColumn: '1 / -1',
  flexBasis: '100%',
  justifyContent: 'space-between',
  textAlign: 'left',
  whiteSpace: 'normal',
  height: 'auto !important',
  minHeight: '24px !important',
  px: 0,
} as const;

const COUNT = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  alignSelf: 'center',
  columnGap: 2,
  minWidth: 0,
} as const;

const REASON = { flex: '1 1 220px', minWidth: 0, order: { md: 2 } } as const;

const DOT = { width: 6, height: 6, borderRadius: '50%', bgcolor: 'elder.accentMark', flex: 'none' } as const;

const KEYS = {
  display: { xs: 'none', lg: 'inline-flex' },
  '& kbd': { bgcolor: 'transparent', color: 'inherit', borderColor: 'currentColor', opacity: 0.8 },
} as const;
