import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';
import type { LoggedRequest } from '../../core/request-log';
import { DashboardPage, WorldFields } from './dashboard-page';
import { Entry, Panel, State } from './entry';
import { JsonView } from './json-view';
import { realText } from './times';

const SHOWN = 50;
const MOST_INLINE = 16_000;

/** What is asked of the request log. */
export interface RequestFilter {
  search: string;
  failedOnly: boolean;
}

/** The latest requests of a mode, newest first. */
export function latestRequests(ctx: Context, { search, failedOnly }: RequestFilter) {
  return [...ctx.core.requests.all]
    .reverse()
    .filter(
      (request) =>
        (request.livemode ?? ctx.livemode) === ctx.livemode &&
        (!failedOnly || (request.status ?? 0) >= 400 || request.fault !== null) &&
        `${request.method} ${request.path} ${request.id}`.includes(search),
    )
    .slice(0, SHOWN);
}

export const RequestsPage: FC<{ ctx: Context; filter: RequestFilter }> = ({ ctx, filter }) => {
  const requests = latestRequests(ctx, filter);
  return (
    <DashboardPage title="Requests" section="/requests" ctx={ctx} live>
      <form class="search" method="get" action="/requests">
        <WorldFields ctx={ctx} />
        <input
          class="input"
          type="search"
          name="q"
          value={filter.search}
          aria-label="Filter by method, path or id"
          placeholder="POST /v1/…"
        />
        <label class="row">
          <input type="checkbox" name="failed" value="yes" checked={filter.failedOnly} />
          Failed only
        </label>
        <button class="button" type="submit">
          Filter
        </button>
      </form>
      <Panel count={requests.length} empty="No request has arrived yet.">
        {requests.map((request) => (
          <RequestEntry key={request.id} request={request} />
        ))}
      </Panel>
      <form method="post" action="/requests/clear">
        <button class="button" type="submit">
          Clear the log
        </button>
      </form>
    </DashboardPage>
  );
};

export const RequestEntry: FC<{ request: LoggedRequest; open?: boolean }> = ({ request, open }) => (
  <Entry
    open={open}
    head={
      <>
        <State value={request.status} />
        <span class="method">{request.method}</span>
        <code class="grow">{request.path}</code>
        {request.replayed && <span class="pill">replayed</span>}
        {request.fault && <span class="pill warn">fault: {request.fault}</span>}
        <span class="muted small">{request.milliseconds} ms</span>
        <span class="time">{realText(request.at).slice(0, 19)}</span>
      </>
    }
  >
    <dl class="facts">
      <dt>Request</dt>
      <dd>
        <a href={`/requests/${request.id}`}>{request.id}</a>
      </dd>
      {request.idempotency_key && (
        <>
          <dt>Idempotency key</dt>
          <dd>
            <code>{request.idempotency_key}</code>
          </dd>
        </>
      )}
    </dl>
    <div class="columns">
      <div class="stack-tight">
        <p class="legend">Parameters</p>
        <JsonView value={request.parameters} />
      </div>
      <div class="stack-tight">
        <p class="legend">Reply</p>
        {open || !isLarge(request.reply) ? (
          <JsonView value={request.reply} />
        ) : (
          <p>
            <a href={`/requests/${request.id}`}>Show the whole reply</a>
          </p>
        )}
      </div>
    </div>
  </Entry>
);

/** A long list in a list would make the page slow. */
function isLarge(reply: unknown): boolean {
  return (JSON.stringify(reply)?.length ?? 0) > MOST_INLINE;
}

/** One request by itself: where an error's `request_log_url` leads. */
export const RequestPage: FC<{ ctx: Context; request: LoggedRequest }> = ({ ctx, request }) => (
  <DashboardPage title={request.id} section="/requests" ctx={ctx}>
    <div class="panel">
      <RequestEntry request={request} open />
    </div>
  </DashboardPage>
);
