/** Processor time of this process so far, milliseconds: a busy machine changes it least. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
