import type { Locale } from '../locale';

/** What a page says when it could not be rendered. Apart, since every page ships it to the browser. */
export const failure = {
  en: {
    title: 'Something went wrong',
    whatToDo: 'What to do',
    detail:
      'The problem is on our side. Nothing you saved is lost, and nothing was charged. Trying again usually helps.',
    retry: 'Try again',
    writeTo: 'If this keeps happening, write to',
    mention: 'and mention the code',
  },
  de: {
    title: 'Etwas ist schiefgegangen',
    whatToDo: 'Was Sie tun können',
    detail:
      'Der Fehler liegt bei uns. Nichts Gespeichertes ist verloren, und es wurde nichts berechnet. Ein neuer Versuch hilft meistens.',
    retry: 'Erneut versuchen',
    writeTo: 'Wenn es wieder passiert, schreiben Sie an',
    mention: 'und nennen Sie den Code',
  },
} as const satisfies Record<
  Locale,
  Record<'title' | 'whatToDo' | 'detail' | 'retry' | 'writeTo' | 'mention', string>
>;
