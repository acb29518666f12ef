'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { shortPath } from '@/components/project/short-path';
import { AppLink } from '@/components/theme/AppLink';
import { cssToken } from '@/components/theme/tokens';
import type { HotspotFileView, Hotspots } from '@/lib/schemas/maps';
import type { HeatStep } from './heat';

interface HotspotTableProps {
  projectId: string;
  /** Hottest first. */
  files: readonly HotspotFileView[];
  steps: ReadonlyMap<string, HeatStep | null>;
  remarks: Hotspots['remarks'];
  selected: string | null;
  onSelect: (path: string) => void;
}

const PAGE = 50;

/** The same files as the map, as a table. */
export function HotspotTable({ projectId, files, steps, remarks, selected, onSelect }: HotspotTableProps) {
  const t = useMessages();
  const format = useFormat();
  const { language } = format;
  const [shown, setShown] = useState(PAGE);
  const words = t.hotspots.columns;
  const said = new Map(remarks.map((remark) => [remark.path, remark]));
  const count = (value: number | null) => (value === null ? '–' : format.number(value));
  return (
    <>
      <Box sx={{ overflowX: 'auto', position: 'relative' }} tabIndex={0} role="group" aria-label={t.hotspots.table}>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>{words.path}</TableCell>
              {[
                words.lines,
                words.complexity,
                words.revisions,
                words.fixes,
                words.churn,
                words.authors,
                words.risk,
              ].map((name) => (
                <TableCell key={name} align="right">
                  {name}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {files.slice(0, shown).map((file) => {
              const remark = said.get(file.path);
              return (
                <TableRow key={file.path} hover selected={file.path === selected} onClick={() => onSelect(file.path)}>
                  <TableCell sx={{ minWidth: 260 }}>
                    <Box sx={{ display: 'flex', gap: 2, alignItems: 'baseline' }}>
                      <HeatMark step={steps.get(file.path) ?? null} />
                      <AppLink
                        href={`/projects/${projectId}/findings?path=${encodeURIComponent(file.path)}`}
                        prefetch={false}
                      >
                        <Mono title={file.path}>{shortPath(file.path)}</Mono>
                      </AppLink>
                    </Box>
                    {remark && (
                      <Box sx={{ typography: 'body2', color: 'text.secondary', pl: 5 }}>
                        {remark.reasons.map((reason) => reason[language]).join(t.common.comma)}
                        <Box sx={{ color: 'text.primary' }}>{remark.action[language]}</Box>
                      </Box>
                    )}
                  </TableCell>
                  <TableCell align="right">{format.number(file.codeLines)}</TableCell>
                  <TableCell align="right">{format.number(file.complexity)}</TableCell>
                  <TableCell align="right">{count(file.revisions)}</TableCell>
                  <TableCell align="right">{count(file.fixes)}</TableCell>
                  <TableCell align="right">{file.churn === null ? '–' : format.percent(file.churn)}</TableCell>
                  <TableCell align="right">{count(file.authors)}</TableCell>
                  <TableCell align="right">{file.risk === null ? '–' : format.number(file.risk, 2, 2)}</TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </Box>
      <Box sx={FOOT}>
        <span role="status">
          {t.findings.shown(format.number(Math.min(shown, files.length)), format.number(files.length))}
        </span>
        {shown < files.length && (
          <Button size="small" variant="outlined" onClick={() => setShown(shown + PAGE)}>
            {t.hotspots.more}
          </Button>
        )}
      </Box>
    </>
  );
}

function HeatMark({ step }: { step: HeatStep | null }) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        width: 10,
        height: 10,
        flex: 'none',
        borderRadius: '2px',
        ...(step === null
          ? { border: `1px dashed ${cssToken('lineStrong')}` }
          : { background: cssToken(`heat${step}`), border: `1px solid ${cssToken('line')}` }),
      }}
    />
  );
}

const FOOT = {
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  px: 4,
  py: 2,
  typography: 'body2',
  color: 'text.secondary',
} as const;
