'use client';

import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryKeys } from '@/components/api/keys';
import type { AuditUpdate } from '@/lib/realtime/events';
import type { AuditDetail } from '@/lib/schemas/audits';
import type { Portfolio, PortfolioRow, ProjectOverview } from '@/lib/schemas/projects';
import { applyToAudit, applyToOverview, applyToPortfolio } from './apply-event';
import { liveClient } from './live-client';
import { createRecentEvents } from './recent-events';
import { createThrottle } from './throttle';

const REREAD_MS = 800;

/** The table is read in pages, the palette and the shell read one. */
type PortfolioData = Portfolio | InfiniteData<Portfolio>;

/** Puts live events into what React Query holds; stands once in the shell. */
export function LiveBridge() {
  const client = useQueryClient();

  useEffect(() => {
    const throttle = createThrottle(REREAD_MS);
    const recent = createRecentEvents();
    const reread = (key: readonly unknown[], turn = '') =>
      throttle.run(JSON.stringify([key, turn]), () => void client.invalidateQueries({ queryKey: key }));
    /** A turn of its own does not wait for the period of another: the first event of an audit is read at once. */
    const rereadProject = (projectId: string, turn?: string) => {
      const key = queryKeys.overview(projectId);
      throttle.run(JSON.stringify([key, turn]), () => {
        void client.invalidateQueries({ queryKey: key }).then(() => {
          client.setQueryData<ProjectOverview>(key, (overview) => overview && recent.putInto(overview));
        });
      });
      reread(queryKeys.portfolio, turn);
    };

    const stop = liveClient.listen({
      onUpdate: (event, isGap) => {
        recent.add(event);
        const isKnown = patch(client, event);
        if (isGap || !isKnown) {
          rereadProject(event.projectId, event.auditId);
          reread(queryKeys.audits);
        }
        // Jobs are not part of the event.
        reread(queryKeys.audit(event.auditId));
      },
      onCompleted: ({ projectId, auditId }) => {
        recent.forget(auditId);
        rereadProject(projectId, `end of ${auditId}`);
        for (const key of [
          queryKeys.audit(auditId),
          queryKeys.audits,
          queryKeys.findings(projectId),
          queryKeys.inbox,
          queryKeys.magics(projectId),
          queryKeys.hotspots(projectId),
          queryKeys.components(projectId),
          queryKeys.dependencies(projectId),
        ]) {
          reread(key);
        }
      },
      onFindings: ({ projectId }) => {
        reread(queryKeys.portfolio);
        for (const key of [
          queryKeys.overview(projectId),
          queryKeys.findings(projectId),
          queryKeys.magics(projectId),
          queryKeys.inbox,
          queryKeys.histories,
          queryKeys.allComments,
        ]) {
          reread(key);
        }
      },
      onWebhook: ({ projectId }) => {
        reread(queryKeys.webhook(projectId));
        reread(queryKeys.deliveries(projectId));
      },
      onJoined: (room) => {
        if ('projectId' in room) {
          const overview = client.getQueryData<ProjectOverview>(queryKeys.overview(room.projectId));
          if (overview?.running) reread(queryKeys.overview(room.projectId));
        } else if (hasRunning(client)) reread(queryKeys.portfolio);
      },
      onRefused: (room) => ('projectId' in room ? rereadProject(room.projectId) : reread(queryKeys.portfolio)),
      onMissed: () => {
        recent.clear();
        void client.invalidateQueries();
      },
    });
    return () => {
      stop();
      throttle.cancel();
    };
  }, [client]);

  return null;
}

/** False when the event is about something that is not on screen yet. */
function patch(client: QueryClient, event: AuditUpdate): boolean {
  const isKnown = isInTables(client, event.projectId, event.auditId);
  client.setQueriesData<PortfolioData>({ queryKey: queryKeys.portfolio }, (data) => {
    if (!data) return data;
    if (!('pages' in data)) return applyToPortfolio(data, event);
    return { ...data, pages: data.pages.map((page) => applyToPortfolio(page, event)) };
  });
  client.setQueryData<AuditDetail>(queryKeys.audit(event.auditId), (data) => data && applyToAudit(data, event));

  const overview = client.getQueryData<ProjectOverview>(queryKeys.overview(event.projectId));
  const next = overview ? applyToOverview(overview, event) : overview;
  if (next) client.setQueryData(queryKeys.overview(event.projectId), next);
  return next !== null && isKnown;
}

function isInTables(client: QueryClient, projectId: string, auditId: string): boolean {
  return rowsOf(client).every((row) => row.projectId !== projectId || row.running?.auditId === auditId);
}

function hasRunning(client: QueryClient): boolean {
  return rowsOf(client).some((row) => row.running);
}

function rowsOf(client: QueryClient): PortfolioRow[] {
  return client
    .getQueriesData<PortfolioData>({ queryKey: queryKeys.portfolio })
    .flatMap(([, data]) => (data === undefined ? [] : 'pages' in data ? data.pages : [data]))
    .flatMap((page) => page.rows);
}
