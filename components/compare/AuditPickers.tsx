'use client';

import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import type { AuditSummary } from '@/lib/schemas/audits';

interface AuditPickersProps {
  audits: readonly AuditSummary[];
  fromId: string;
  toId: string;
  onChange: (fromId: string, toId: string) => void;
}

/** Which two audits. */
export function AuditPickers({ audits, fromId, toId, onChange }: AuditPickersProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.compare;
  const options = audits.map(({ auditId, number, commit, branch, healthScore, gate, endedAt, createdAt }) => ({
    value: auditId,
    name: words.option(
      number,
      format.dateTime(endedAt ?? createdAt),
      commit ? words.commit(commit.id.slice(0, 7)) : branch,
      [
        healthScore === null ? t.common.noScore : words.score(format.score(healthScore)),
        ...(gate ? [words.gate(t.common.status[gate])] : []),
      ].join(t.common.comma),
    ),
  }));
  return (
    <Box sx={PICKERS}>
      <SelectField label={words.from} value={fromId} options={options} onChange={(next) => onChange(next, toId)} />
      <IconButton aria-label={words.swap} title={words.swap} onClick={() => onChange(toId, fromId)} sx={SWAP}>
        <Icon name="updown" />
      </IconButton>
      <SelectField label={words.to} value={toId} options={options} onChange={(next) => onChange(fromId, next)} />
    </Box>
  );
}

const PICKERS = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) auto minmax(0, 1fr)' },
  alignItems: 'end',
  gap: 3,
  maxWidth: 960,
} as const;

const SWAP = {
  width: 32,
  height: 32,
  justifySelf: 'start',
  transform: { md: 'rotate(90deg)' },
  '@media (pointer: coarse)': { width: 44, height: 44 },
} as const;
