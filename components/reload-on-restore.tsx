'use client';

import { useEffect } from 'react';

/**
 * Loads the page anew when the browser brings it back whole from its back/forward cache, as it
 * may on the way back from Stripe: billing could have changed, the button pressed on leaving would
 * still say that it is busy, and someone who signed out would see their page again.
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
