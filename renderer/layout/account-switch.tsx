import { Menu } from '@mantine/core';
import { useAsk } from '../api/ask.ts';
import { useText } from '../i18n/language-context.tsx';
import { navigate, useAccountChoice, usePath } from '../router/history.ts';
import { placeOf, pathTo } from '../router/routes.ts';
import { Icon } from '../ui/icon.tsx';
import classes from './header.module.css';

/** Chooses whose messages, keys and credits the pages show. A box with one account has nothing to choose. */
export function AccountSwitch() {
  const t = useText();
  const accounts = useAsk('accounts', {});
  const chosen = useAccountChoice();
  const place = placeOf(usePath());
  const names = accounts.data?.items.map((account) => account.name) ?? [];
  if (names.length < 2) return null;
  // What is open beside a list may belong to another account, so the list alone is shown.
  const choose = (name: string) =>
    navigate(
      `${place.page === 'unknown' ? pathTo('dashboard') : pathTo(place.page)}?account=${encodeURIComponent(name)}`,
    );
  return (
    <Menu position="bottom-start" transitionProps={{ duration: 100 }} width={232}>
      <Menu.Target>
        <button
          type="button"
          className={classes.account}
          aria-label={`${t('account.switch')}: ${chosen ?? t('account.all')}`}
        >
          <span>{chosen ?? t('account.all')}</span>
          <Icon name="chevron" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={chosen ?? ''}>
          {['', ...names].map((name) => (
            <Menu.RadioItem
              key={name}
              value={name}
              closeMenuOnClick
              checkIcon={<Icon name="tick" />}
              onChange={() => choose(name)}
            >
              {name === '' ? t('account.all') : name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
