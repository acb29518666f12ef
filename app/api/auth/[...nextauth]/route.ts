import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options';

const handler: (request: Request, context: unknown) => Promise<Response> = (request, context) =>
  NextAuth(authOptions(request.headers))(request, context);

export { handler as GET, handler as POST };
