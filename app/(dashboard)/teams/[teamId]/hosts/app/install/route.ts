import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { pageContext } from '@/lib/auth/page-context';
import { beginInstallation } from '@/lib/services/provider-apps';
import { readCode } from '@/lib/services/read-code';

interface RouteProps {
  params: Promise<{ teamId: string }>;
}

/** On to where GitHub asks which repositories the App may read. */
export async function GET(request: NextRequest, { params }: RouteProps): Promise<never> {
  const [{ teamId }, { ctx }] = await Promise.all([params, pageContext()]);
  const appId = request.nextUrl.searchParams.get('app') ?? '';
  const isId = /^[\da-f-]{36}$/.test(appId);
  const { value } = isId ? await readCode(beginInstallation(ctx, teamId, appId)) : { value: null };
  redirect(value ?? `/teams/${teamId}/hosts?app=failed`);
}
