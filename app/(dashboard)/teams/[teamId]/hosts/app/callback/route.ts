import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { pageContext } from '@/lib/auth/page-context';
import { completeApp } from '@/lib/services/provider-apps';
import { readCode } from '@/lib/services/read-code';

interface RouteProps {
  params: Promise<{ teamId: string }>;
}

/** Where GitHub sends a person back to once the App is made: on to its installation. */
export async function GET(request: NextRequest, { params }: RouteProps): Promise<never> {
  const [{ teamId }, { ctx }] = await Promise.all([params, pageContext()]);
  const query = request.nextUrl.searchParams;
  const back = { code: query.get('code') ?? '', state: query.get('state') ?? '' };
  const { value, code } = await readCode(completeApp(ctx, teamId, back));
  redirect(value ?? `/teams/${teamId}/hosts?app=${code === 'gone' ? 'gone' : 'failed'}`);
}
