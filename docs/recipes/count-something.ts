'use server';

import { redirect } from 'next/navigation';
import { requireUser } from '@/lib/auth/session';
import { consume, release } from '@/lib/usage/consume';
import { LimitReached } from '@/lib/usage/limit-reached';

// An action that a plan allows a number of times. `exports` is a limit in lib/billing/plans.ts.

export async function makeReport(): Promise<never> {
  const user = await requireUser('/dashboard');
  try {
    await consume(user, 'exports');
  } catch (error) {
    if (error instanceof LimitReached) redirect(`/dashboard?problem=${error.limit}`);
    throw error;
  }
  try {
    await writeReport();
  } catch (error) {
    await release(user, 'exports');
    throw error;
  }
  redirect('/dashboard');
}

async function writeReport(): Promise<void> {
  // The work.
}
