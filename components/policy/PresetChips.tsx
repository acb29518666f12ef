'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { usePolicyForm } from './form-context';

/** The strictness of each preset, one press away. */
export function PresetChips() {
  const t = useMessages();
  const format = useFormat();
  const { draft, options, change, isReadOnly } = usePolicyForm('strictness');
  // One that shares its strictness with another adds nothing here; it is in the menu of presets.
  const distinct = options.presets.filter(
    ({ configuration: { strictness } }, at) =>
      options.presets.findIndex((one) => one.configuration.strictness === strictness) === at,
  );
  return (
    <Box role="group" aria-labelledby="strictness-presets" sx={ROW}>
      <Box component="span" id="strictness-presets" sx={NAME}>
        {t.policy.strictness.presets}
      </Box>
      <Box sx={CHIPS}>
        {distinct.map(({ preset, configuration: { strictness } }) => (
          <ButtonBase
            key={preset}
            aria-pressed={draft.strictness === strictness}
            disabled={isReadOnly}
            onClick={() => change({ strictness })}
            sx={CHIP}
          >
            {t.policy.presets[preset]}{' '}
            <Box component="span" sx={{ color: 'elder.text3' }}>
              {format.number(strictness, 2)}
            </Box>
          </ButtonBase>
        ))}
      </Box>
    </Box>
  );
}

export const ROW = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'auto minmax(0, 1fr)' },
  alignItems: 'baseline',
  gap: '6px 12px',
  mt: 3,
} as const;

export const CHIPS = { display: 'flex', flexWrap: 'wrap', gap: '6px' } as const;

export const NAME = { typography: 'body2', color: 'text.secondary', minWidth: 56 } as const;

export const CHIP = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: '5px',
  minHeight: 28,
  px: 2,
  borderRadius: '4px',
  border: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  color: 'text.secondary',
  fontSize: '0.75rem',
  fontWeight: 500,
  whiteSpace: 'nowrap',
  '&:hover': { bgcolor: 'elder.hover' },
  '&[aria-pressed="true"]': { borderColor: 'elder.ink', color: 'text.primary' },
  '@media (pointer: coarse)': { minHeight: 44 },
} as const;
