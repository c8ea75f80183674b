import { env } from '@/lib/env';
import { unsubscribe } from '@/lib/mail/unsubscribe';

/** The `List-Unsubscribe` of our e-mails, for mail clients: one POST turns the optional ones off. */
export async function POST(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const isDone = await unsubscribe(searchParams.get('user') ?? '', searchParams.get('token') ?? '');
  return isDone
    ? Response.json({ unsubscribed: true })
    : Response.json({ error: 'This link is not complete.' }, { status: 400 });
}

/** Scanners follow links, so this changes nothing: it leads to the page with the switch. */
export function GET(): Response {
  return Response.redirect(`${env().NEXTAUTH_URL}/settings#e-mails`, 303);
}
