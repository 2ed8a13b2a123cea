/** Half of the times, all but a hundredth of them, and all were below; sorts them. */
export function percentiles(times: number[]): { p50: number; p99: number; most: number } {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}
