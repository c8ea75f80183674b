import type { Context } from '../../core/context';
import type { EventObject, StoredEvent } from '../../core/event';

const SHOWN = 30;
const SEARCHED = 5_000;

/** The newest events about an object, or about something that is a customer's. */
export function eventsAbout(ctx: Context, id: string): StoredEvent[] {
  const found: StoredEvent[] = [];
  let searched = 0;
  for (const event of ctx.world.event.walk()) {
    if (++searched > SEARCHED || found.length === SHOWN) break;
    if (isAbout(event.data.object, id)) found.push(event);
  }
  return found;
}

function isAbout(object: EventObject, id: string): boolean {
  return ('id' in object && object.id === id) || ('customer' in object && object.customer === id);
}
