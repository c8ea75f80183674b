import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { Fault } from '../../core/fault';
import { PAYMENT_FAULTS, REQUEST_FAULTS, SEARCH_FAULTS, WEBHOOK_FAULTS } from '../../core/faults';
import { Field } from '../shared/field';
import { SelectField } from '../shared/select-field';
import { DashboardPage } from './dashboard-page';
import { Panel } from './entry';

/** Trouble on demand: what is set, and forms to set more. */
export const FaultsPage: FC<{ ctx: Context; problem?: string }> = ({ ctx, problem }) => {
  const faults = ctx.core.faults.all;
  return (
    <DashboardPage title="Faults" section="/faults" ctx={ctx}>
      {problem && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      <Panel count={faults.length} empty="No fault is set. Everything works as it should.">
        {faults.map((fault) => (
          <FaultLine key={fault.id} fault={fault} />
        ))}
      </Panel>
      {faults.length > 0 && (
        <form method="post" action="/faults/clear">
          <button class="button danger" type="submit">
            Clear all faults
          </button>
        </form>
      )}
      <div class="columns">
        <FaultForm title="Requests fail" on="*" kinds={REQUEST_FAULTS}>
          <Field
            label="Requests"
            name="on"
            value="*"
            hint="Such as POST /v1/customers, or * for all"
          />
          <Field
            label="Milliseconds late"
            name="milliseconds"
            scope="request"
            type="number"
            value="3000"
            min={0}
          />
        </FaultForm>
        <FaultForm title="Webhooks go astray" on="webhook" kinds={WEBHOOK_FAULTS}>
          <Field label="Event type" name="event" hint="Empty for every event" />
          <Field
            label="Milliseconds late"
            name="milliseconds"
            scope="webhook"
            type="number"
            value="3000"
            min={0}
          />
        </FaultForm>
        <FaultForm title="Payments fail" on="payment" kinds={PAYMENT_FAULTS}>
          <Field label="Decline code" name="decline_code" hint="Such as insufficient_funds" />
        </FaultForm>
        <FaultForm title="Search is behind" on="search" kinds={SEARCH_FAULTS}>
          <Field
            label="Milliseconds late"
            name="milliseconds"
            scope="search"
            type="number"
            value="60000"
            min={0}
          />
        </FaultForm>
      </div>
    </DashboardPage>
  );
};

const FaultForm: FC<{
  title: string;
  on: string;
  kinds: readonly string[];
  children?: unknown;
}> = ({ title, on, kinds, children }) => (
  <form class="panel padded stack" method="post" action="/faults">
    <h2>{title}</h2>
    {on !== '*' && <input type="hidden" name="on" value={on} />}
    <SelectField
      label="What happens"
      name="kind"
      scope={on}
      options={kinds.map((kind) => [kind, kind.replaceAll('_', ' ')] as const)}
    />
    {children}
    <Field
      label="How often"
      name="times"
      scope={on}
      type="number"
      value="1"
      min={1}
      hint="Empty: until cleared"
    />
    <div>
      <button class="button" type="submit">
        Set
      </button>
    </div>
  </form>
);

const FaultLine: FC<{ fault: Fault }> = ({ fault }) => (
  <div class="entry">
    <p class="entry-link">
      <strong>{fault.kind.replaceAll('_', ' ')}</strong>
      <span class="grow">
        on {fault.on}
        {fault.event && ` · ${fault.event}`}
        {fault.decline_code && ` · ${fault.decline_code}`}
      </span>
      <span class="muted">{fault.times === null ? 'until cleared' : `${fault.times} more`}</span>
    </p>
  </div>
);
