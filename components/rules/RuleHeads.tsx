'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { RULE_GRID } from './rule-grid';

/** Names over the columns; each row says its facts in words, so screen readers need no heads. */
export function RuleHeads() {
  const { columns, precision } = useMessages().rules;
  const heads = [
    ['severity', columns.severity],
    ['title', columns.rule],
    ['id', columns.id],
    ['group', columns.group],
    ['precision', precision.title],
    ['number', columns.number],
  ] as const;
  return (
    <Box aria-hidden sx={HEADS}>
      {heads.map(([area, name]) => (
        <Box
          key={area}
          component="span"
          sx={{
            gridArea: area,
            textAlign: area === 'number' ? 'right' : 'left',
            display: area === 'group' ? { md: 'none', lg: 'block' } : 'block',
          }}
        >
          {name}
        </Box>
      ))}
    </Box>
  );
}

const HEADS = {
  ...RULE_GRID,
  display: { xs: 'none', md: 'grid' },
  minHeight: 34,
  px: 4,
  borderBottom: '1px solid',
  borderColor: 'divider',
  typography: 'body2',
  fontWeight: 500,
  color: 'elder.text3',
  whiteSpace: 'nowrap',
} as const;
