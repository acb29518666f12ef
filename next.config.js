/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run types` checks them; a newcomer's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  compress: true,
  // Loaded by Node as they are: native code, WebAssembly beside the package, or state that must exist once.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'bullmq',
    'esbuild',
    'ioredis',
    'pg',
    'pino',
    'pino-pretty',
    'redis',
    'web-tree-sitter',
  ],
  // Browsers ask for it by themselves now and then.
  async rewrites() {
    return [{ source: '/favicon.ico', destination: '/icon.svg' }];
  },
};

export default config;
