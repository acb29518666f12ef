/** CPU milliseconds this process has used: unlike a clock, the same on a busy machine. */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
