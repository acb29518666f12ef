'use client';

import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { StatusWord } from '@/components/marks/StatusWord';
import { ProjectHeader } from '@/components/project/ProjectHeader';
import { ProjectTabs } from '@/components/project/ProjectTabs';
import { useOverview } from '@/components/project/use-overview';
import { AppLink } from '@/components/theme/AppLink';
import type { Components } from '@/lib/schemas/maps';

/** The parts of the repository: how large, how judged, and how many people know them. */
export function ComponentsView({ projectId }: { projectId: string }) {
  const t = useMessages();
  const overview = useOverview(projectId).data;
  const query = useQuery({
    queryKey: queryKeys.components(projectId),
    queryFn: ({ signal }) => callApi<Components>(`/projects/${projectId}/components`, { signal }),
  });
  return (
    <>
      {overview && <ProjectHeader overview={overview} />}
      {overview && <ProjectTabs overview={overview} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && query.data.components.length === 0 && (
        <Panel>
          <EmptyState title={query.data.source ? t.components.noCode : t.components.none} />
        </Panel>
      )}
      {query.data && query.data.components.length > 0 && <Content projectId={projectId} found={query.data} />}
    </>
  );
}

function Content({ projectId, found }: { projectId: string; found: Components }) {
  const t = useMessages();
  const format = useFormat();
  const { components, source } = found;
  const words = t.components.columns;
  const alone = components.filter(({ truckFactor }) => truckFactor === 1).length;
  const magics = components[0]?.scores.map(({ magic }) => magic) ?? [];
  return (
    <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
      <Box component="p" sx={{ maxWidth: '76ch' }}>
        {t.components.lead(components.length, alone, source?.auditNumber ?? 0)}
      </Box>
      <Panel title={t.components.title} headingId="components" isFlush>
        <Box sx={{ overflowX: 'auto', position: 'relative' }} tabIndex={0} role="group" aria-label={t.components.title}>
          <Table>
            <TableHead>
              <TableRow>
                <TableCell>{words.name}</TableCell>
                {[words.files, words.lines, words.tests].map((name) => (
                  <TableCell key={name} align="right">
                    {name}
                  </TableCell>
                ))}
                {magics.map((magic) => (
                  <TableCell key={magic}>{t.common.magics[magic]}</TableCell>
                ))}
                {[words.truckFactor, words.authors, words.mainShare].map((name) => (
                  <TableCell key={name} align="right">
                    {name}
                  </TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {components.map((each) => (
                <TableRow key={each.id} hover>
                  <TableCell sx={{ minWidth: 180 }}>
                    <AppLink href={`/projects/${projectId}/hotspots${zoomOf(each.id)}`} prefetch={false}>
                      {each.kind === 'directory' ? (
                        <Mono>{each.id}</Mono>
                      ) : each.kind === 'root' ? (
                        t.components.root
                      ) : (
                        each.name
                      )}
                    </AppLink>
                    {each.kind === 'workspace' && (
                      <Box sx={{ typography: 'body2', color: 'text.secondary' }}>
                        <Mono>{each.id}</Mono>
                      </Box>
                    )}
                  </TableCell>
                  <TableCell align="right">{format.number(each.files)}</TableCell>
                  <TableCell align="right">{format.number(each.codeLines)}</TableCell>
                  <TableCell align="right">
                    {each.testCodeLines === 0 ? '–' : format.number(each.testCodeLines)}
                  </TableCell>
                  {each.scores.map(({ magic, status, score }) => (
                    <TableCell key={magic}>
                      <StatusWord status={status}>
                        {score === null ? t.components.tooLittle : format.score(score)}
                        <span className="elder-hidden">{t.common.status[status]}</span>
                      </StatusWord>
                    </TableCell>
                  ))}
                  <TableCell align="right">
                    {each.truckFactor === null ? '–' : format.number(each.truckFactor)}
                  </TableCell>
                  <TableCell align="right">{each.authors === null ? '–' : format.number(each.authors)}</TableCell>
                  <TableCell align="right">{each.mainShare === null ? '–' : format.percent(each.mainShare)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
        <Box sx={{ typography: 'body2', color: 'text.secondary', px: 4, py: 3, maxWidth: '76ch' }}>
          {t.components.about}
        </Box>
      </Panel>
    </Box>
  );
}

function zoomOf(component: string): string {
  return component === '.' ? '' : `?in=${encodeURIComponent(component)}`;
}
