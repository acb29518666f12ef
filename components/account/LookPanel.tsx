'use client';

import Box from '@mui/material/Box';
import { Segments } from '@/components/forms/Segments';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { useLanguage } from '@/components/i18n/use-language';
import { Panel } from '@/components/layout/Panel';
import { LANGUAGE_NAMES, MODE_ICONS } from '@/components/shell/choices';
import { DENSITIES } from '@/components/theme/density';
import { MODES } from '@/components/theme/mode';
import { useDensity } from '@/components/theme/use-density';
import { useMode } from '@/components/theme/use-mode';
import { LANGUAGES } from '@/lib/magics/types';

/** How the product looks to this person. */
export function LookPanel() {
  const t = useMessages();
  const texts = t.access.account;
  const [language, chooseLanguage] = useLanguage();
  const [mode, chooseMode] = useMode();
  const [density, chooseDensity] = useDensity();
  return (
    <Panel title={texts.look} headingId="account-look">
      <Box sx={{ display: 'grid', gap: 5 }}>
        <Segments
          label={texts.language}
          value={language}
          options={LANGUAGES.map((value) => ({ value, name: LANGUAGE_NAMES[value], lang: value }))}
          onChange={chooseLanguage}
        />
        <Segments
          label={texts.theme}
          value={mode}
          options={MODES.map((value) => ({ value, name: t.shell.theme[value], icon: MODE_ICONS[value] }))}
          onChange={chooseMode}
        />
        <Segments
          label={texts.density}
          value={density}
          options={DENSITIES.map((value) => ({ value, name: texts.densities[value] }))}
          help={texts.densityHelp}
          onChange={chooseDensity}
        />
      </Box>
    </Panel>
  );
}
