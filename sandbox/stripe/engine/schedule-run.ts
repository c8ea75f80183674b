import type { Context } from '../core/context';

/** Does what a subscription's schedule has planned for now; filled in with the schedules. */
export function runSchedule(_ctx: Context, _subscription: string): void {}
