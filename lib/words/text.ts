import { createElement, Fragment, type ReactElement, type ReactNode } from 'react';

/** A text with elements in it, such as a date: text`Ends on ${date}`. */
export function text(parts: TemplateStringsArray, ...elements: ReactNode[]): ReactElement {
  const content = parts.flatMap((part, index) => [part, elements[index]]);
  return createElement(Fragment, null, ...content);
}

/** A message with its title. */
export type Message = { title: string; detail: string };

export function message(title: string, detail: string): Message {
  return { title, detail };
}
