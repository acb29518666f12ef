import { createServer } from 'node:http';

// Stands in for the web and the worker where only the life of processes is looked at. The web tells its number.
const [name] = process.argv.slice(2);
const server = createServer((_, response) => response.end(String(process.pid)));
const port = name === 'web' ? Number(process.env.PORT) : 0;
server.listen(port, '127.0.0.1', () => process.send?.('ready'));

for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => process.exit(0));
