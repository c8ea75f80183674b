import type { FC, PropsWithChildren } from 'hono/jsx';
import { HostedPage } from '../shared/hosted-page';
import type { Visit } from './visit';

interface PortalPageProps {
  visit: Visit;
  title: string;
  /** Set on every page but the portal's home: where "Go back" leads, unless a flow leaves no way. */
  back?: string;
}

/** The frame of the portal's pages: the business, the way back to it, and no way around a flow. */
export const PortalPage: FC<PropsWithChildren<PortalPageProps>> = ({
  visit,
  title,
  back,
  children,
}) => {
  const { business_profile } = visit.configuration;
  return (
    <HostedPage
      title={`${title} · ${visit.business}`}
      links={{
        privacy: business_profile.privacy_policy_url,
        terms: business_profile.terms_of_service_url,
      }}
      side={
        <>
          <p class="business">{visit.business}</p>
          <p class="headline">{business_profile.headline ?? 'Manage your billing'}</p>
          <ReturnLink visit={visit} />
        </>
      }
    >
      {back !== undefined && (!visit.flow || back !== '') && (
        <p class="page-back">
          <a class="back" href={`${visit.base}${back}`}>
            <span aria-hidden="true">←</span> Go back
          </a>
        </p>
      )}
      {children}
    </HostedPage>
  );
};

export const ReturnLink: FC<{ visit: Visit }> = ({ visit }) => {
  const url = visit.session.return_url ?? visit.configuration.default_return_url;
  if (!url) return null;
  return (
    <p>
      <a class="back" href={url}>
        <span aria-hidden="true">←</span> Return to {visit.business}
      </a>
    </p>
  );
};
