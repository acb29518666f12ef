'use client';

import Box from '@mui/material/Box';
import { ForeignText } from '@/components/i18n/ForeignText';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { SeverityWord } from '@/components/marks/SeverityWord';
import { AppLink } from '@/components/theme/AppLink';
import type { RuleView } from '@/lib/schemas/magics';
import { PrecisionText } from './PrecisionText';
import { RULE_GRID } from './rule-grid';

/** A rule of the catalogue: what it asks, its id, how grave it is and what it counts for. */
export function RuleRow({ rule, group }: { rule: RuleView; group: string }) {
  const t = useMessages();
  const format = useFormat();
  const { language } = format;
  return (
    <Box component="li" sx={{ borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } }}>
      <Box component={AppLink} href={`/rules/${rule.ruleId}`} prefetch={false} data-row sx={ROW}>
        <Box component="span" sx={{ gridArea: 'severity' }}>
          <SeverityWord severity={rule.severity} t={t} />
        </Box>
        <Box component="span" sx={{ gridArea: 'title', minWidth: 0, fontWeight: 500, overflowWrap: 'anywhere' }}>
          <ForeignText language={rule.onlyIn?.title}>{rule.title[language]}</ForeignText>
        </Box>
        <Box component="span" sx={{ gridArea: 'id', minWidth: 0, color: 'elder.text3' }}>
          <Box component="code" sx={{ overflowWrap: 'anywhere' }}>
            {rule.ruleId}
          </Box>
        </Box>
        <Box component="span" sx={{ gridArea: 'group', ...QUIET, display: { xs: 'none', lg: 'block' } }}>
          {group}
        </Box>
        <Box
          component="span"
          sx={{
            gridArea: 'precision',
            minWidth: 0,
            typography: 'body2',
            color: rule.precision?.labelled ? 'text.secondary' : 'elder.text3',
          }}
        >
          <span className="elder-hidden">{t.rules.precision.title}: </span>
          <PrecisionText precision={rule.precision} t={t} format={format} />
        </Box>
        <Box component="span" sx={{ gridArea: 'number', ...QUIET, textAlign: { md: 'right' } }}>
          {rule.catalogue}
        </Box>
      </Box>
    </Box>
  );
}

const QUIET = { typography: 'body2', color: 'elder.text3', display: { xs: 'none', md: 'block' } } as const;

const ROW = {
  ...RULE_GRID,
  minHeight: { xs: 56, md: 40 },
  py: { xs: 2, md: 1 },
  px: 4,
  '&:hover': { bgcolor: 'elder.hover' },
  '&:focus-visible': {
    outlineOffset: '-2px',
    bgcolor: 'elder.selected',
    boxShadow: 'inset 2px 0 0 var(--mui-palette-elder-accentMark)',
  },
} as const;
