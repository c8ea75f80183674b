/**
 * Does something later in this process, as long as it lives: what makes up for a process that does not
 * is the scheduled run. One call waits for each name, the earliest.
 *
 * @param work handles its own errors
 */
export function retryLater(name: string, seconds: number, work: () => Promise<void>): void {
  const at = Date.now() + seconds * 1000;
  const waiting = timers.get(name);
  if (waiting && waiting.at <= at) return;
  if (waiting) clearTimeout(waiting.timer);
  const timer = setTimeout(() => {
    timers.delete(name);
    void work();
  }, seconds * 1000);
  timer.unref();
  timers.set(name, { at, timer });
}

const timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
