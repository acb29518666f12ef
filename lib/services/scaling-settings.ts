import type { Context } from '@/lib/auth/context';
import { asSystem } from '@/lib/auth/tenants';
import { db, query } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type ScalingChange, ScalingSettings, type ScalingSettingsView } from '@/lib/schemas/scaling';
import { recordChange } from './change-log';
import { requireInstanceOwner } from './instance-owner';

/** Of a kind; the defaults, of version 0, where nobody decided. */
export async function loadScalingSettings(kind: WorkerKind): Promise<Omit<ScalingSettingsView, 'kind'>> {
  const [row] = await query<{ version: number; settings: unknown }>`
    select version, settings from scaling_settings where kind = ${kind}`;
  return { version: row?.version ?? 0, settings: ScalingSettings.parse(row?.settings ?? {}) };
}

/** Takes `instance.manage`. `conflict` when the settings were changed since they were read. */
export async function changeScaling(
  ctx: Context,
  kind: WorkerKind,
  { version, settings }: ScalingChange,
): Promise<ScalingSettingsView> {
  await requireInstanceOwner(ctx);
  const before = await loadScalingSettings(kind);
  await asSystem(() =>
    db().$transaction(async (tx) => {
      const text = JSON.stringify(settings);
      const changed = await tx.$executeRaw`
        insert into scaling_settings (kind, version, settings) select ${kind}, 1, ${text}::jsonb where ${version} = 0
        on conflict (kind) do nothing`;
      const updated =
        version === 0
          ? changed
          : await tx.$executeRaw`
            update scaling_settings set version = version + 1, settings = ${text}::jsonb, updated_at = now()
            where kind = ${kind} and version = ${version}`;
      if (updated === 0) throw new AppError('conflict', 'somebody changed these settings meanwhile: read them again');
      const entry = { action: 'scaling.changed', teamId: null, target: kind } as const;
      await recordChange(tx, ctx, { ...entry, before: before.settings, after: settings });
    }),
  );
  return { kind, version: version + 1, settings };
}
