import { useEffect, useState } from 'react';
import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import { LiveProvider } from '../api/live-context.tsx';
import { useNews } from '../api/news.ts';
import { useMay } from '../api/session.ts';
import { useLanguage } from '../i18n/language-context.tsx';
import { usePath } from '../router/history.ts';
import { placeOf } from '../router/routes.ts';
import type { Place } from '../router/routes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ToastProvider } from '../ui/toast.tsx';
import { roleFor } from './access.ts';
import { AwayBanner } from './away-banner.tsx';
import { Crash } from './crash.tsx';
import { Header } from './header.tsx';
import { NavDrawer } from './nav-drawer.tsx';
import { Nav } from './nav.tsx';
import { NotForYou } from './not-for-you.tsx';
import { pages } from './pages.tsx';
import classes from './shell.module.css';
import { UnknownPage } from './unknown-page.tsx';
import { useNarrow } from './use-narrow.ts';

/** The house inside the gate: header, navigation, and the page that the address names. */
export function Shell({ session }: { readonly session: SessionInfo }) {
  const { t, chosen, setLanguage } = useLanguage();
  useEffect(() => {
    if (!chosen && session.language !== null) setLanguage(session.language);
  }, [chosen, session.language, setLanguage]);
  const place = placeOf(usePath());
  const [drawer, setDrawer] = useState(false);
  const { narrow, fixed, toggle } = useNarrow();
  return (
    <LiveProvider>
      <News />
      <ToastProvider>
        <div className={classes.shell} data-narrow={narrow}>
          <a className={classes.skip} href="#content">
            {t('app.skip')}
          </a>
          <Header session={session} onMenu={() => setDrawer(true)} />
          <aside className={classes.side}>
            <Nav page={place.page} narrow={narrow} />
            {!fixed && (
              <div className={classes.fold}>
                <IconButton
                  icon={narrow ? 'expand' : 'collapse'}
                  label={narrow ? t('nav.expand') : t('nav.collapse')}
                  onClick={toggle}
                />
              </div>
            )}
          </aside>
          <NavDrawer page={place.page} open={drawer} onClose={() => setDrawer(false)} />
          <main id="content" className={classes.content} tabIndex={-1}>
            <AwayBanner />
            <Crash key={place.page} inside>
              <Shown place={place} />
            </Crash>
          </main>
        </div>
      </ToastProvider>
    </LiveProvider>
  );
}

function News() {
  useNews();
  return null;
}

function Shown({ place }: { readonly place: Place }) {
  const role = roleFor(place);
  const may = useMay(role);
  if (place.page === 'unknown') return <UnknownPage />;
  if (!may) return <NotForYou role={role} />;
  const Page = pages[place.page];
  return <Page parts={place.parts} />;
}
