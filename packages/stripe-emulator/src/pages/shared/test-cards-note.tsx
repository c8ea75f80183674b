import { type FC, Fragment } from 'hono/jsx';

const CARDS = [
  ['4242 4242 4242 4242', 'Succeeds'],
  ['4000 0025 0000 3155', 'Asks for authentication unless it was set up'],
  ['4000 0027 6000 3184', 'Asks for authentication every time'],
  ['4000 0000 0000 0002', 'Is declined'],
  ['4000 0000 0000 9995', 'Has insufficient funds'],
  ['4000 0000 0000 0341', 'Can be saved, but charges fail'],
] as const;

/** Which cards this page takes, since it takes no others. */
export const TestCardsNote: FC = () => (
  <details class="test-cards">
    <summary>Test cards to use here</summary>
    <dl>
      {CARDS.map(([number, effect]) => (
        <Fragment key={number}>
          <dt>
            <code>{number}</code>{' '}
            <button type="button" class="plain" data-copy={number.replaceAll(' ', '')} hidden>
              Copy
            </button>
          </dt>
          <dd>{effect}</dd>
        </Fragment>
      ))}
    </dl>
    <p class="muted">With any date in the future and any security code.</p>
  </details>
);
