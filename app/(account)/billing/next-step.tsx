import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { CircumstanceAction } from './circumstance-action';

/** Says how somebody stands when nothing is wrong but the usual, and what they can do about it. */
export function NextStep({ state }: { state: CircumstanceName }) {
  const { tone, title, detail } = circumstances[state];
  if (tone !== 'calm' || state === 'active' || state === 'trialing') return null;
  return (
    <div className="stack">
      <p>
        {title}. {detail}
      </p>
      <CircumstanceAction state={state} />
    </div>
  );
}
