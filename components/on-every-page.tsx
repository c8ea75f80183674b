'use client';

import { useEffect } from 'react';
import { timeZoneCookie } from '@/lib/time-zone';

/**
 * Reloads a page that the browser restored from its back/forward cache, as it may when someone goes
 * back from Stripe: their billing may have changed, the button they clicked would still be pending,
 * and after signing out they would see their old page. Tells the server in which time zone the browser is.
 */
export function OnEveryPage() {
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
    document.cookie = `${timeZoneCookie}=${timeZone}; path=/; max-age=31536000; samesite=lax`;
    const reload = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pageshow', reload);
    return () => window.removeEventListener('pageshow', reload);
  }, []);
  return null;
}
