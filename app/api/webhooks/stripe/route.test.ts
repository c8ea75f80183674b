import { expect, it, vi } from 'vitest';
import { POST } from './route';

it('takes a sender that hangs up in the middle for no failure of ours', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id": "evt_'));
    },
    pull(controller) {
      controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    },
  });
  const init = { method: 'POST', body, duplex: 'half' };
  const reply = await POST(new Request('http://localhost/api/webhooks/stripe', init));
  expect(reply.status).toBe(400);
  expect(logged).not.toHaveBeenCalled();
  logged.mockRestore();
});
