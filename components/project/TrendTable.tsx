'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { ProjectOverview, TrendPoint } from '@/lib/schemas/projects';
import type { TrendLine } from './trend-lines';

interface TrendTableProps {
  points: readonly TrendPoint[];
  /** Health first; each is a column. */
  lines: readonly TrendLine[];
  releases: ProjectOverview['releases'];
  height: number;
}

/** The chart's data as a table, newest first. */
export function TrendTable({ points, lines, releases, height }: TrendTableProps) {
  const t = useMessages();
  const format = useFormat();
  const { columns } = t.project.trend;
  const releasesBefore = (index: number): string => {
    const from = points[index - 1]?.at ?? '';
    const to = points[index]?.at ?? '';
    return releases.flatMap(({ name, at }) => (at > from && at <= to ? [name] : [])).join(', ');
  };
  return (
    <Box sx={{ height, overflow: 'auto' }} tabIndex={0} role="group" aria-label={t.project.trend.title}>
      <Table stickyHeader sx={{ '& td, & th': { px: 1, height: 30 } }}>
        <TableHead>
          <TableRow>
            <TableCell>{columns.audit}</TableCell>
            <TableCell>{columns.when}</TableCell>
            {lines.map(({ id }) => (
              <TableCell key={id} align="right">
                {id === 'health' ? columns.health : t.common.magics[id]}
              </TableCell>
            ))}
            <TableCell>{columns.note}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {points
            .map((point, index) => (
              <TableRow key={point.auditId}>
                <TableCell>
                  <Link href={`/audits/${point.auditId}`} color="inherit">
                    #{point.number}
                  </Link>
                </TableCell>
                <TableCell>{format.dateTime(point.at)}</TableCell>
                {lines.map(({ id, scores }) => {
                  const score = scores[index];
                  return (
                    <TableCell key={id} align="right">
                      {score == null ? '–' : format.score(score)}
                    </TableCell>
                  );
                })}
                <TableCell>
                  {[
                    point.isPartial && t.project.trend.partial,
                    point.isChosen && t.project.trend.chosen,
                    point.isPast && t.project.trend.pastWeek,
                    releasesBefore(index),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </TableCell>
              </TableRow>
            ))
            .reverse()}
        </TableBody>
      </Table>
    </Box>
  );
}
