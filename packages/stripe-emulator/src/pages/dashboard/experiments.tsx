import type { FC } from 'hono/jsx';
import type { Context } from '../../core/context';

/** What there is to try; each opens in another tab, so that this one goes on saying what to look at. */
export const Experiments: FC<{ ctx: Context }> = ({ ctx }) =>
  ctx.core.experiments.length === 0 || ctx.worldName !== 'test' ? null : (
    <section class="stack-tight" aria-labelledby="try">
      <h2 id="try">Try it</h2>
      <div class="experiments">
        {ctx.core.experiments.map(({ title, does, look, file, action }) => (
          <form
            key={action}
            class="panel padded"
            method="post"
            action={action}
            target="_blank"
            rel="noopener"
          >
            <button class="button" type="submit">
              {title}
            </button>
            <p>{does}</p>
            <p>
              <strong>Look at</strong> {look}
            </p>
            <p class="muted">
              <strong>Done by</strong> <code>{file}</code>
            </p>
          </form>
        ))}
      </div>
    </section>
  );
