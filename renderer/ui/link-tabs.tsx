import { Link } from '../router/link.tsx';
import classes from './link-tabs.module.css';

interface LinkTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly to: string; readonly name: string; readonly current: boolean }[];
}

/** Parts of one page, each with an address of its own. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} aria-current={tab.current ? 'page' : undefined}>
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}
