'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { AUDIT_GRID } from './audit-grid';

/** Names over the columns; each row says its facts in words, so screen readers need no heads. */
export function AuditHeads() {
  const { columns } = useMessages().audits;
  const heads = [
    ['what', columns.audit],
    ['result', columns.result],
    ['health', columns.health],
    ['gate', columns.gate],
    ['findings', columns.findings],
    ['when', columns.started],
    ['took', columns.took],
  ] as const;
  return (
    <Box aria-hidden sx={HEADS}>
      {heads.map(([area, name]) => (
        <Box
          key={area}
          component="span"
          sx={{
            gridArea: area,
            textAlign: area === 'took' ? 'right' : 'left',
            display: area === 'findings' ? { md: 'none', lg: 'block' } : 'block',
          }}
        >
          {name}
        </Box>
      ))}
    </Box>
  );
}

const HEADS = {
  ...AUDIT_GRID,
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
