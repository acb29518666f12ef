import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import type { S3Settings } from '@/lib/objects/s3-store';

export interface S3Server extends AsyncDisposable {
  /** With keys that may do everything. */
  settings: S3Settings & { endpoint: string };
}

/** An S3 in this process, with one bucket. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(tmpdir(), 'elder-s3-'));
  const bucket = 'elder';
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  await server.run();
  const { port } = (server.httpServer as Server).address() as AddressInfo;
  return {
    settings: {
      bucket,
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
      isPathStyle: true,
    },
    async [Symbol.asyncDispose]() {
      const http = server.httpServer as Server & { closeAllConnections(): void };
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
