import type { Context } from '@/lib/auth/context';
import { fillText } from '@/lib/i18n/rule-text';
import type { ComponentSummary } from '@/lib/magics/maps/component-map';
import type { HotspotMap } from '@/lib/magics/maps/hotspot-map';
import type { UnreadMap } from '@/lib/magics/maps/unread-map';
import { INCONCLUSIVE } from '@/lib/magics/predictive/forecast';
import { REMARKS, type Remark } from '@/lib/magics/predictive/top-files';
import type { Components, Hotspots, UnreadFiles } from '@/lib/schemas/maps';
import { requireProject } from './access';
import { loadMap } from './audit-maps';

const NO_HOTSPOTS: Hotspots = { source: null, files: [], leftOut: 0, since: null, untested: null, remarks: [] };

/** Where the code is large, tangled and changes often, as the newest audit saw it. */
export async function getHotspots(ctx: Context, projectId: string): Promise<Hotspots> {
  const { branch } = await requireProject(ctx, projectId, 'project.read');
  const map = await loadMap<HotspotMap>(projectId, branch, 'hotspots');
  if (!map) return NO_HOTSPOTS;
  const { value, ...source } = map;
  const { files, leftOut, since, untested, remarks } = value;
  return {
    source,
    files,
    leftOut,
    since: since === null ? null : new Date(since * 1000).toISOString(),
    untested: untested && fillText(INCONCLUSIVE[untested.reason as keyof typeof INCONCLUSIVE], untested.data),
    remarks: remarks.map(({ path, reasons, action }) => ({ path, reasons: reasons.map(say), action: say(action) })),
  };
}

/** The parts of the repository, how their code is judged and how many people know them. */
export async function getComponents(ctx: Context, projectId: string): Promise<Components> {
  const { branch } = await requireProject(ctx, projectId, 'project.read');
  const map = await loadMap<ComponentSummary[]>(projectId, branch, 'components');
  if (!map) return { source: null, components: [] };
  const { value, ...source } = map;
  return { source, components: value };
}

/** Files that no rule could look into, as the newest audit saw them. */
export async function getUnreadFiles(ctx: Context, projectId: string): Promise<UnreadFiles> {
  const { branch } = await requireProject(ctx, projectId, 'project.read');
  const map = await loadMap<UnreadMap>(projectId, branch, 'unread');
  if (!map) return { source: null, counts: {}, files: [] };
  const { value, ...source } = map;
  return { source, ...value };
}

function say({ id, data }: Remark) {
  return fillText(REMARKS[id], data);
}
