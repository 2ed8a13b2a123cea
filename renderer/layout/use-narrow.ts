import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

const storageName = 'sepsms-nav';

/** Whether the navigation is pictures alone: on a tablet always, on a larger screen as the reader left it. */
export function useNarrow() {
  const small = useMediaQuery('(max-width: 1199px)', undefined, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState(remembered);
  function toggle(): void {
    setChosen((now) => {
      remember(!now);
      return !now;
    });
  }
  return { narrow: small || chosen, fixed: small, toggle };
}

function remembered(): boolean {
  try {
    return localStorage.getItem(storageName) === 'narrow';
  } catch {
    return false;
  }
}

function remember(narrow: boolean): void {
  try {
    localStorage.setItem(storageName, narrow ? 'narrow' : 'wide');
  } catch {
    // The choice then holds until the page is closed.
  }
}
