import { Notice } from '@/components/ui/notice';
import { type CircumstanceName, circumstances } from '@/lib/billing/circumstances';
import { CircumstanceAction } from './circumstance-action';

/** What somebody has to know because something has gone wrong, or will: with the button that helps. */
export function CircumstanceNotice({ state }: { state: CircumstanceName }) {
  const { tone, title, detail } = circumstances[state];
  if (tone === 'calm') return null;
  return (
    <Notice kind="problem" title={title} detail={detail}>
      <CircumstanceAction state={state} />
    </Notice>
  );
}
