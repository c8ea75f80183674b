/** A moment to the second, UTC, such as `2026-11-21 02:45:10`. @param time Unix seconds */
export function clockText(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A real moment to the millisecond, UTC. @param time Unix milliseconds */
export function realText(time: number): string {
  return new Date(time).toISOString().slice(0, 23).replace('T', ' ');
}
