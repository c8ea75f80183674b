'use client';

import { useEffect } from 'react';

/**
 * Reloads a page that the browser restored from its back/forward cache, as it may when someone goes
 * back from Stripe: their billing may have changed, the button they clicked would still be pending,
 * and after signing out they would see their old page.
 */
export function ReloadOnRestore() {
  useEffect(() => {
    const reload = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pageshow', reload);
    return () => window.removeEventListener('pageshow', reload);
  }, []);
  return null;
}
