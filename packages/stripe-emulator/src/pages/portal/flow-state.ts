import type { Context } from '../../core/context';
import type { Stored } from '../../core/tables';

type Session = Stored<'billing_portal.session'>;

/** Whether the flow that a session was made for has been completed. */
export function isFlowDone(ctx: Context, session: Session): boolean {
  return ctx.find('_setting', keyOf(session)) !== undefined;
}

export function markFlowDone(ctx: Context, session: Session): void {
  ctx.world._setting.put({ id: keyOf(session), value: 'done' });
}

function keyOf(session: Session): string {
  return `portal.flow_done.${session.id}`;
}
