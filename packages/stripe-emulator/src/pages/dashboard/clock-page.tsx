import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import { Field } from '../shared/field';
import { STEPS } from './clock-target';
import { DashboardPage } from './dashboard-page';
import { State } from './entry';
import { clockText } from './times';

/** The emulator's clock, and the test clocks, with ways to move them on. */
export const ClockPage: FC<{ ctx: Context; problem?: string }> = ({ ctx, problem }) => {
  const { clock } = ctx.core;
  const testClocks = [...ctx.world['test_helpers.test_clock'].walk()];
  return (
    <DashboardPage title="Clock" section="/clock" ctx={ctx}>
      {problem && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      <div class="panel padded stack">
        <p>
          It is <strong>{clockText(clock.now())}</strong> UTC in the emulator
          {clock.offset === 0 ? ', as everywhere.' : `, ${ahead(clock.offset)} ahead of real time.`}
        </p>
        <AdvanceForms action="/clock" now={clock.now()} />
        <p class="muted small">
          Everything that is due on the way happens in its order: renewals, trial ends, retries,
          cancellations. The clock only goes forward.
        </p>
      </div>
      {testClocks.map((testClock) => (
        <section key={testClock.id} class="panel padded stack">
          <h2 class="row">
            {testClock.name ?? 'Test clock'} <State value={testClock.status} />
            <code class="muted">{testClock.id}</code>
          </h2>
          <p>
            Frozen at <strong>{clockText(testClock.frozen_time)}</strong> UTC
          </p>
          <AdvanceForms action={`/clock/${testClock.id}`} now={testClock.frozen_time} />
        </section>
      ))}
    </DashboardPage>
  );
};

const AdvanceForms: FC<{ action: string; now: number }> = ({ action, now }) => (
  <>
    <form class="row" method="post" action={action}>
      <strong>Advance by</strong>
      {STEPS.map((step) => (
        <button key={step.value} class="button" type="submit" name="step" value={step.value}>
          {step.label}
        </button>
      ))}
    </form>
    <form class="search" method="post" action={action}>
      <Field
        label="To a time (UTC)"
        name="to"
        scope={action.slice(1).replace('/', '-')}
        type="datetime-local"
        value={clockText(now).slice(0, 16).replace(' ', 'T')}
      />
      <button class="button" type="submit">
        Advance to it
      </button>
    </form>
  </>
);

function ahead(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.round((seconds % 86_400) / 3_600);
  const parts = [days > 0 && counted(days, 'day'), hours > 0 && counted(hours, 'hour')];
  return parts.filter(Boolean).join(' and ') || counted(seconds, 'second');
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
