import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createQueryClient } from './api/query-client.ts';
import { useSession } from './api/session.ts';
import { SessionPages } from './features/session/session-pages.tsx';
import { LanguageProvider } from './i18n/language-context.tsx';
import { BlankFrame } from './layout/blank-frame.tsx';
import { Crash } from './layout/crash.tsx';
import { Shell } from './layout/shell.tsx';
import { resolveVariables, theme } from './theme.ts';

const schemeManager = localStorageColorSchemeManager({ key: 'sepsms-theme' });

/** Everything that the pages need around them, and the gate between strangers and the box. */
export function App() {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
    >
      <LanguageProvider>
        <Crash>
          <QueryClientProvider client={client}>
            <Gate />
          </QueryClientProvider>
        </Crash>
      </LanguageProvider>
    </MantineProvider>
  );
}

function Gate() {
  const session = useSession();
  if (session.data === undefined) return <BlankFrame away={session.isError || session.failureCount > 0} />;
  if (session.data === null) return <SessionPages />;
  return <Shell session={session.data} />;
}
