'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { usePolicyForm } from './form-context';
import { CHIP, CHIPS, NAME, ROW } from './PresetChips';

/** Magics that weigh more; each is a switch. */
export function FocusAreas() {
  const t = useMessages();
  const format = useFormat();
  const { draft, options, change, isReadOnly } = usePolicyForm('focusAreas');
  const { focusAreas } = draft;
  const toggle = (magic: MagicId) =>
    change({
      focusAreas: MAGIC_IDS.filter((id) => (id === magic ? !focusAreas.includes(id) : focusAreas.includes(id))),
    });
  return (
    <>
      <Box role="group" aria-labelledby="focus-areas" sx={ROW}>
        <Box component="span" id="focus-areas" sx={NAME}>
          {t.policy.focus.title}
        </Box>
        <Box sx={CHIPS}>
          {MAGIC_IDS.map((magic) => {
            const isOn = focusAreas.includes(magic);
            return (
              <ButtonBase key={magic} aria-pressed={isOn} disabled={isReadOnly} onClick={() => toggle(magic)} sx={CHIP}>
                <Glyph magic={magic} size={14} />
                {t.common.magics[magic]}
                {isOn && <Icon name="check" size={12} />}
              </ButtonBase>
            );
          })}
        </Box>
      </Box>
      <Box component="p" sx={{ mt: 2, typography: 'body2', color: 'elder.text3' }}>
        {t.policy.focus.help(format.number(options.focusFactor, 1))}
      </Box>
    </>
  );
}
