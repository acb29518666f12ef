import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { pageContext } from '@/lib/auth/page-context';
import { completeInstallation } from '@/lib/services/provider-apps';
import { readCode } from '@/lib/services/read-code';

interface RouteProps {
  params: Promise<{ teamId: string }>;
}

/** Where GitHub sends a person back to once the App is installed. */
export async function GET(request: NextRequest, { params }: RouteProps): Promise<never> {
  const [{ teamId }, { ctx }] = await Promise.all([params, pageContext()]);
  const query = request.nextUrl.searchParams;
  const back = { installationId: query.get('installation_id') ?? '', state: query.get('state') ?? '' };
  const { code } = await readCode(completeInstallation(ctx, teamId, back));
  const way = code === null ? 'installed' : code === 'gone' ? 'gone' : 'failed';
  redirect(`/teams/${teamId}/hosts?app=${way}`);
}
