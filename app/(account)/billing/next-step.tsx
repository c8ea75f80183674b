import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { words } from '@/lib/reader';
import { CircumstanceAction } from './circumstance-action';

/**
 * Says how somebody stands when nothing is wrong but the usual, and what they can do about it.
 *
 * @param said the title of the notice above: what it says is not said again
 */
export async function NextStep({ state, said }: { state: CircumstanceName; said?: string }) {
  const { tone } = circumstances[state];
  const { title, detail } = (await words()).circumstances[state];
  if (tone !== 'calm' || state === 'active' || state === 'trialing') return null;
  return (
    <div className="stack">
      {said === title ? null : (
        <p>
          {title}. {detail}
        </p>
      )}
      <CircumstanceAction state={state} />
    </div>
  );
}
