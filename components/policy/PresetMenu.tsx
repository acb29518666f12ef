'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import type { AvailableOptions, PresetKey } from '@/lib/schemas/configuration';

interface PresetMenuProps {
  options: AvailableOptions;
  chosen: PresetKey | null;
  onChoose: (preset: AvailableOptions['presets'][number]) => void;
}

/** Starts the strictness, focus and weights from a preset; the rest stays as it is. */
export function PresetMenu({ options, chosen, onChoose }: PresetMenuProps) {
  const t = useMessages();
  const format = useFormat();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t.policy.startFrom}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {options.presets.map((preset) => {
          const { strictness, focusAreas } = preset.configuration;
          return (
            <MenuItem
              key={preset.preset}
              role="menuitemradio"
              aria-checked={preset.preset === chosen}
              selected={preset.preset === chosen}
              onClick={() => {
                setAnchor(null);
                onChoose(preset);
              }}
              sx={{ whiteSpace: 'normal', maxWidth: 320 }}
            >
              <Box>
                <Box component="span" sx={{ display: 'block', fontWeight: 500 }}>
                  {t.policy.presets[preset.preset]} {format.number(strictness, 2)}
                </Box>
                <Box component="span" sx={{ display: 'block', typography: 'body2', color: 'elder.text3' }}>
                  {focusAreas.length > 0
                    ? t.policy.presetFocus(format.list(focusAreas.map((magic) => t.common.magics[magic])))
                    : t.policy.presetAbout[preset.preset === 'guild' ? 'guild' : 'default']}
                </Box>
              </Box>
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
