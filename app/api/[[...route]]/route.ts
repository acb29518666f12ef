import { app } from '@/lib/api/app';

const handler = (request: Request) => app.fetch(request);

export { handler as DELETE, handler as GET, handler as PATCH, handler as POST, handler as PUT };
