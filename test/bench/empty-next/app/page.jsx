import { redirect } from 'next/navigation';

async function leave() {
  'use server';
  redirect('http://127.0.0.1/p/session/');
}

export default function Page() {
  return (
    <form action={leave}>
      <button type="submit">Manage billing</button>
    </form>
  );
}
