import { connect, createServer, type Socket } from 'node:net';

export interface Forward extends AsyncDisposable {
  /** Where it listens: address and port. */
  host: string;
}

/** Takes connections at an address of this machine and hands them on to a port of its loopback. */
export async function forward(address: string, port: number): Promise<Forward> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one));
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('the forwarder has no port');
  return {
    host: `${address}:${listening.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
