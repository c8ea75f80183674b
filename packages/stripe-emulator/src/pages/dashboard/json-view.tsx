import type { Child, FC } from 'hono/jsx';
import { clockText } from './times';

/** Ids of Stripe's objects; secrets look alike and are not linked. */
const ID = /^(?!.*_secret_)(?!whsec_)[a-z]{2,8}(_test|_live|_1)?_[A-Za-z0-9]{8,}$/;

/** JSON to be read: keys and values apart, ids leading to what they name. */
export const JsonView: FC<{ value: unknown }> = ({ value }) => <pre>{rendered(value, '')}</pre>;

function rendered(value: unknown, indent: string): Child {
  if (Array.isArray(value)) {
    return brackets(
      '[',
      value.map((item) => [rendered(item, `${indent}  `)]),
      ']',
      indent,
    );
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]): Child[] => [
      <span key={key} class="json-key">{`${JSON.stringify(key)}: `}</span>,
      isTime(key, inner) ? time(inner) : rendered(inner, `${indent}  `),
    ]);
    return brackets('{', entries, '}', indent);
  }
  if (typeof value === 'string') return text(value);
  return <span class="json-other">{String(value)}</span>;
}

function brackets(open: string, items: Child[][], close: string, indent: string): Child {
  if (items.length === 0) return `${open}${close}`;
  const lines = items.map((item, index): Child[] => [
    `\n${indent}  `,
    ...item,
    index < items.length - 1 ? ',' : '',
  ]);
  return [open, ...lines.flat(), `\n${indent}${close}`];
}

function text(value: string): Child {
  const shown = JSON.stringify(value);
  if (ID.test(value)) return <a href={`/objects/${value}`}>{shown}</a>;
  if (/^https?:\/\/localhost[:/]/.test(value)) return <a href={value}>{shown}</a>;
  return <span class="json-text">{shown}</span>;
}

/** Fields that hold Unix seconds say so by their names. */
const TIME_KEY =
  /^(created|date|updated|start|end|timestamp|.*_(at|to|start|end|date|anchor|time|until|attempt|by))$/;

function isTime(key: string, value: unknown): value is number {
  return typeof value === 'number' && value > 1e9 && value < 1e10 && TIME_KEY.test(key);
}

function time(value: number): Child {
  return [
    <span key="value" class="json-other">
      {String(value)}
    </span>,
    <span key="time" class="json-note">{`  ${clockText(value)}`}</span>,
  ];
}
