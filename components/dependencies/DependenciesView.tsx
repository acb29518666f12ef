'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { addressStep } from '@/components/project/address-step';
import { ProjectHeader } from '@/components/project/ProjectHeader';
import { ProjectTabs } from '@/components/project/ProjectTabs';
import { useAddress } from '@/components/project/use-address';
import { useOverview } from '@/components/project/use-overview';
import type { DependencyPage } from '@/lib/schemas/dependencies';
import { DependencyBar } from './DependencyBar';
import { DependencyTable } from './DependencyTable';
import { ECOSYSTEM_NAMES } from './ecosystem-names';
import { parseDependenciesFilter } from './filter';
import { SourceFiles } from './SourceFiles';
import { useDependencies } from './use-dependencies';

const EMPTY_FILTER = { ecosystem: null, kind: null, search: null } as const;

/** What the project is built from: packages, where their versions are stated, and the bill of materials. */
export function DependenciesView({ projectId }: { projectId: string }) {
  const t = useMessages();
  const format = useFormat();
  const overview = useOverview(projectId).data;
  const { parameters, change } = useAddress();
  const filter = parseDependenciesFilter(parameters);
  const query = useDependencies(projectId, filter);
  const page = query.data?.pages[0];
  const items = query.data?.pages.flatMap((each) => each.items) ?? [];
  return (
    <>
      {overview && <ProjectHeader overview={overview} />}
      {overview && <ProjectTabs overview={overview} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {page && (
        <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
          <Lead page={page} />
          {page.summary.packages === 0 && <Nothing page={page} />}
          {page.summary.packages > 0 && (
            <Panel title={t.dependencies.list} headingId="packages" isFlush>
              <DependencyBar filter={filter} page={page} onChange={(part) => change(part, addressStep(part))} />
              {items.length === 0 ? (
                <EmptyState title={t.dependencies.noMatch}>
                  <Button variant="outlined" onClick={() => change(EMPTY_FILTER, 'push')}>
                    {t.dependencies.clear}
                  </Button>
                </EmptyState>
              ) : (
                <DependencyTable items={items} />
              )}
              {items.length > 0 && (
                <Box sx={FOOT}>
                  <span role="status">{t.findings.shown(format.number(items.length), format.number(page.total))}</span>
                  {query.hasNextPage && (
                    <Button
                      size="small"
                      variant="outlined"
                      loading={query.isFetchingNextPage}
                      onClick={() => void query.fetchNextPage()}
                    >
                      {t.dependencies.more}
                    </Button>
                  )}
                </Box>
              )}
            </Panel>
          )}
          {page.lockFiles.length + page.unlocked.length > 0 && (
            <Panel title={t.dependencies.sources} headingId="sources" isFlush>
              <SourceFiles lockFiles={page.lockFiles} unlocked={page.unlocked} />
            </Panel>
          )}
        </Box>
      )}
    </>
  );
}

/** What there is and what is known of it, in sentences; the bill of materials at the right. */
function Lead({ page: { source, summary, advisories } }: { page: DependencyPage }) {
  const t = useMessages();
  const format = useFormat();
  const { packages, direct, ecosystems, vulnerable } = summary;
  if (!source || packages === 0) return null;
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 3 }}>
        <Box component="p" sx={{ flex: '1 1 300px', maxWidth: '76ch' }}>
          {t.dependencies.lead({
            packages,
            shown: format.number(packages),
            direct: format.number(direct),
            ecosystems: format.list(ecosystems.map(({ ecosystem }) => ECOSYSTEM_NAMES[ecosystem])),
            number: source.auditNumber,
          })}
          {advisories && vulnerable !== null && (
            <>
              {' '}
              {t.dependencies.vulnerable(
                vulnerable,
                format.number(vulnerable),
                format.date(`${advisories.date}T12:00:00Z`),
              )}
            </>
          )}
          {advisories && advisories.leftOut > 0 && <> {t.dependencies.leftOut(format.number(advisories.leftOut))}</>}
        </Box>
        <Button
          component="a"
          variant="outlined"
          href={`/api/v1/audits/${source.auditId}/sbom`}
          download={`audit-${source.auditNumber}.cdx.json`}
          title={t.dependencies.sbomTitle}
          sx={{ ml: { md: 'auto' } }}
        >
          {t.dependencies.sbom}
        </Button>
      </Box>
      {!advisories && <Note status="not_applicable">{t.dependencies.noAdvisories}</Note>}
    </>
  );
}

function Nothing({ page: { source, lockFiles, unlocked } }: { page: DependencyPage }) {
  const t = useMessages();
  if (!source) {
    return (
      <Panel>
        <EmptyState title={t.dependencies.none} />
      </Panel>
    );
  }
  const isBare = lockFiles.length + unlocked.length === 0;
  return (
    <Panel>
      <EmptyState title={isBare ? t.dependencies.nothing : t.dependencies.noVersions}>
        <Box component="p" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {t.dependencies.nothingHelp}
        </Box>
      </EmptyState>
    </Panel>
  );
}

const FOOT = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 3,
  px: 4,
  py: 2,
  borderTop: 1,
  borderColor: 'divider',
  typography: 'body2',
  color: 'text.secondary',
} as const;
