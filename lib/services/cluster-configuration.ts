import type { Context } from '@/lib/auth/context';
import { asSystem } from '@/lib/auth/tenants';
import { db, query } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { CheckedConfiguration, ConfigurationDraft, ConfigurationSave } from '@/lib/schemas/cluster';
import { type CheckedYaml, changeClusterYaml, checkClusterYaml } from '@/lib/schemas/cluster-yaml';
import { recordChange } from './change-log';
import { requireInstanceOwner } from './instance-owner';

export interface StoredConfiguration {
  /** 0: nobody wrote one. */
  version: number;
  text: string;
  updatedAt: Date | null;
}

/** Must see all teams. */
export async function loadClusterConfiguration(): Promise<StoredConfiguration> {
  const [row] = await query<StoredConfiguration>`
    select version, text, updated_at as "updatedAt" from cluster_configurations`;
  return row ?? { version: 0, text: '', updatedAt: null };
}

/** Takes `instance.manage`: what a draft means and what is wrong with it. Nothing is kept. */
export async function checkClusterConfiguration(
  ctx: Context,
  { text, changes }: ConfigurationDraft,
): Promise<CheckedConfiguration> {
  await requireInstanceOwner(ctx);
  return checkedView(checkClusterYaml(changeClusterYaml(text, changes)));
}

/** Takes `instance.manage`. `invalid_request` names what is wrong and where; `conflict` when it was changed meanwhile. */
export async function saveClusterConfiguration(
  ctx: Context,
  { version, text: given, changes }: ConfigurationSave,
): Promise<{ version: number; checked: CheckedConfiguration }> {
  await requireInstanceOwner(ctx);
  const checked = checkClusterYaml(changeClusterYaml(given, changes));
  const { text, problems } = checked;
  if (problems.length > 0) throw refused(checked);
  await asSystem(() =>
    db().$transaction(async (tx) => {
      const changed =
        version === 0
          ? await tx.$executeRaw`
            insert into cluster_configurations (version, text) values (1, ${text}) on conflict do nothing`
          : await tx.$executeRaw`
            update cluster_configurations set version = version + 1, text = ${text}, updated_at = now()
            where version = ${version}`;
      if (changed === 0) throw new AppError('conflict', 'somebody changed the configuration meanwhile: read it again');
      const entry = { action: 'cluster.configured', teamId: null, target: 'cluster' } as const;
      await recordChange(tx, ctx, { ...entry, before: { version }, after: { version: version + 1 } });
    }),
  );
  return { version: version + 1, checked: checkedView(checked) };
}

/** Takes `instance.manage`: all objects that the stored configuration makes, as YAML. `not_found` where there is none. */
export async function renderCluster(ctx: Context): Promise<string> {
  await requireInstanceOwner(ctx);
  const { version, text } = await asSystem(loadClusterConfiguration);
  if (version === 0) throw new AppError('not_found', 'no cluster is described yet');
  const checked = checkClusterYaml(text);
  // An earlier release may have taken what this one refuses.
  if (!checked.configuration) throw refused(checked);
  const { renderYaml } = await import('@/k8s/manifests/render-yaml');
  return renderYaml(checked.configuration);
}

function refused({ problems }: CheckedYaml): AppError {
  const names = problems.map(({ field, problem, line }) => `${field || `line ${line}`}: ${problem}`);
  return new AppError('invalid_request', `the configuration is refused. ${names.join('; ')}`, {
    details: { fields: problems },
  });
}

export function checkedView({ text, configuration, problems }: CheckedYaml): CheckedConfiguration {
  return { text, configuration, problems: [...problems] };
}
