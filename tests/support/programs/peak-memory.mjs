// Runs a command for whoever operates an installation and tells the most memory it held.
process.once('exit', () => {
  process.stderr.write(`peak ${process.resourceUsage().maxRSS * 1024}\n`);
});
await import('../../../bin/instance.ts');
