import { app } from '@/lib/api/app';
import { ADDRESS_HEADER, passedAddress } from '@/lib/auth/client-address';

const handler = (request: Request) =>
  app.fetch(request, { clientAddress: passedAddress(request.headers.get(ADDRESS_HEADER)) });

export { handler as DELETE, handler as GET, handler as PATCH, handler as POST, handler as PUT };
