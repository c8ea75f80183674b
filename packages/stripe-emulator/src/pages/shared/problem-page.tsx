import type { FC, PropsWithChildren } from 'hono/jsx';
import { SinglePage } from './hosted-page';

/** Says what is the matter, and where to go on from. */
export const ProblemPage: FC<PropsWithChildren<{ title: string; back?: string }>> = ({
  title,
  back,
  children,
}) => (
  <SinglePage title={title}>
    <h1>{title}</h1>
    <p>{children}</p>
    {back && (
      <p>
        <a href={back}>Go back</a>
      </p>
    )}
  </SinglePage>
);
