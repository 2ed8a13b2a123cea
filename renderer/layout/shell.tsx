import { useState } from 'react';
import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import { LiveProvider } from '../api/live-context.tsx';
import { MessagesPage } from '../features/messages/messages-page.tsx';
import { useText } from '../i18n/language-context.tsx';
import { usePath } from '../router/history.ts';
import { placeOf } from '../router/routes.ts';
import { AwayBanner } from './away-banner.tsx';
import { Header } from './header.tsx';
import { NavDrawer } from './nav-drawer.tsx';
import { Nav } from './nav.tsx';
import classes from './shell.module.css';
import { UnknownPage } from './unknown-page.tsx';

/** The house inside the gate: header, navigation, and the page that the address names. */
export function Shell({ session }: { readonly session: SessionInfo }) {
  const t = useText();
  const place = placeOf(usePath());
  const [drawer, setDrawer] = useState(false);
  return (
    <LiveProvider>
      <div className={classes.shell}>
        <a className={classes.skip} href="#content">
          {t('app.skip')}
        </a>
        <Header session={session} onMenu={() => setDrawer(true)} />
        <aside className={classes.side}>
          <Nav page={place.page} />
        </aside>
        <NavDrawer page={place.page} open={drawer} onClose={() => setDrawer(false)} />
        <main id="content" className={classes.content} tabIndex={-1}>
          <AwayBanner />
          {place.page === 'messages' ? (
            <MessagesPage uuid={place.uuid} txId={place.txId} role={session.role} />
          ) : (
            <UnknownPage />
          )}
        </main>
      </div>
    </LiveProvider>
  );
}
