'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { cssToken } from '@/components/theme/tokens';
import type { TimeLine } from './time-lines';

const HEIGHT = 200;

/** The chart measures itself, so only the browser can draw it. */
const TimeChart = dynamic(() => import('./TimeChart').then((chart) => chart.TimeChart), {
  ssr: false,
  loading: () => <Box sx={{ height: HEIGHT }} />,
});

interface TimePanelProps {
  title: string;
  /** Beside the title, quieter. */
  meta?: string;
  /** Of the first column of the table. */
  timeName: string;
  times: readonly string[];
  lines: readonly TimeLine[];
  isStepped?: boolean;
  /** Room for values at the left of the chart, in pixels. */
  axisWidth?: number;
  action?: ReactNode;
}

/** A chart with its legend, and the same as a table. */
export function TimePanel({
  title,
  meta,
  timeName,
  times,
  lines,
  isStepped = false,
  axisWidth = 40,
  action,
}: TimePanelProps) {
  const t = useMessages();
  const words = t.scaling;
  const [isTable, setTable] = useState(false);
  return (
    <Box>
      <Box sx={HEAD}>
        <Box component="h3" sx={{ typography: 'h3' }}>
          {title}
        </Box>
        {meta && <Box sx={QUIET}>{meta}</Box>}
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
          {action}
          <Button
            size="small"
            color="info"
            aria-label={(isTable ? words.chartOf : words.tableOf)(title)}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? words.chart : words.table}
          </Button>
        </Box>
      </Box>
      {isTable ? (
        <TimeTable title={title} timeName={timeName} times={times} lines={lines} />
      ) : (
        <>
          <Box
            role="img"
            aria-label={words.replay.chartLabel(title, lines.map(({ name }) => name).join(t.common.comma))}
          >
            <TimeChart times={times} lines={lines} height={HEIGHT} isStepped={isStepped} axisWidth={axisWidth} />
          </Box>
          <Box aria-hidden sx={LEGEND}>
            {lines.map(({ id, name, isMain, dash }) => (
              <Box key={id} component="span" sx={KEY}>
                <svg width="22" height="8" aria-hidden>
                  <path
                    d="M0 4h22"
                    stroke={cssToken(isMain ? 'accentMark' : 'text2')}
                    strokeWidth="1.75"
                    strokeDasharray={dash ?? undefined}
                  />
                </svg>
                {name}
              </Box>
            ))}
          </Box>
        </>
      )}
    </Box>
  );
}

function TimeTable({ title, timeName, times, lines }: Pick<TimePanelProps, 'title' | 'timeName' | 'times' | 'lines'>) {
  const format = useFormat();
  const rows = times.map((at, index) => ({ at, index })).reverse();
  return (
    <Box sx={{ maxHeight: HEIGHT + 60, overflow: 'auto' }} tabIndex={0} role="group" aria-label={title}>
      <Table stickyHeader sx={{ '& td, & th': { px: 1, height: 30 } }}>
        <TableHead>
          <TableRow>
            <TableCell>{timeName}</TableCell>
            {lines.map(({ id, name }) => (
              <TableCell key={id} align="right">
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ at, index }) => (
            <TableRow key={at}>
              <TableCell>{format.dateTime(at)}</TableCell>
              {lines.map(({ id, values, show }) => {
                const value = values[index] ?? null;
                return (
                  <TableCell key={id} align="right">
                    {value === null ? '–' : show(value)}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

const HEAD = { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '2px 10px', mb: 2 } as const;
const QUIET = { typography: 'body2', color: 'text.secondary' } as const;
const LEGEND = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 14px',
  mt: 1,
  typography: 'caption',
  color: 'elder.text3',
} as const;
const KEY = { display: 'inline-flex', alignItems: 'center', gap: '6px' } as const;
