'use client';

import Box from '@mui/material/Box';
import Slider from '@mui/material/Slider';
import { NumberField } from '@/components/forms/NumberField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { toHundredths } from '@/lib/schemas/to-hundredths';
import { FieldError } from './FieldError';
import { FocusAreas } from './FocusAreas';
import { usePolicyForm } from './form-context';
import { PresetChips } from './PresetChips';
import { WasChip } from './WasChip';

const STEP = 0.05;
const FINE = 0.01;

/** How strictly limits are read, and what weighs more. */
export function StrictnessPanel() {
  const t = useMessages();
  const format = useFormat();
  const { draft, base, options, change, isReadOnly, errorAt } = usePolicyForm('strictness');
  const { strictness } = draft;
  const set = (next: number | null) => next !== null && change({ strictness: toHundredths(next) });
  return (
    <Panel
      headingId="strictness"
      title={t.policy.strictness.title}
      meta={t.policy.strictness.about}
      action={base.strictness !== strictness && <WasChip value={format.number(base.strictness, 2)} />}
    >
      <Box sx={LINE}>
        <Box component="span" aria-hidden sx={END}>
          {t.policy.strictness.lax}
        </Box>
        <Slider
          aria-label={t.policy.strictness.title}
          value={strictness}
          min={0}
          max={1}
          step={STEP}
          marks={options.presets.map(({ configuration }) => ({ value: configuration.strictness }))}
          disabled={isReadOnly}
          getAriaValueText={(value) => format.number(value, 2)}
          onChange={(_, value) => set(Number(value))}
          sx={SLIDER}
        />
        <Box component="span" aria-hidden sx={END}>
          {t.policy.strictness.strict}
        </Box>
        <NumberField
          label={t.policy.strictness.number}
          value={strictness}
          onChange={set}
          least={0}
          most={1}
          step={FINE}
          width={64}
          below={
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t.policy.strictness.says(strictness)}
            </Box>
          }
          isReadOnly={isReadOnly}
        />
      </Box>
      <FieldError text={errorAt('strictness')} />
      <PresetChips />
      <FocusAreas />
    </Panel>
  );
}

const LINE = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' } as const;
const END = {
  typography: 'body2',
  color: 'elder.text3',
  whiteSpace: 'nowrap',
  display: { xs: 'none', sm: 'inline' },
} as const;

const SLIDER = {
  mx: 2,
  flex: '1 1 120px',
  width: 'auto',
  color: 'elder.ink',
  height: 4,
  '& .MuiSlider-rail': { bgcolor: 'elder.track', opacity: 1 },
  '& .MuiSlider-track': { border: 0 },
  '& .MuiSlider-thumb': {
    width: 18,
    height: 18,
    bgcolor: 'background.paper',
    border: '2px solid',
    borderColor: 'elder.ink',
    '&:hover, &.Mui-active, &::before': { boxShadow: 'none' },
    '&.Mui-focusVisible': {
      boxShadow: 'none',
      outline: '2px solid var(--mui-palette-elder-accentMark)',
      outlineOffset: '2px',
    },
  },
  '& .MuiSlider-mark': { width: '1.5px', height: 8, bgcolor: 'elder.lineStrong', opacity: 1, top: 'calc(50% + 10px)' },
  '&.Mui-disabled': { color: 'elder.lineStrong' },
} as const;
