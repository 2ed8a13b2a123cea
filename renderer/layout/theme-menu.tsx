import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';

const schemes = [
  { value: 'light', icon: 'sun' },
  { value: 'dark', icon: 'moon' },
  { value: 'auto', icon: 'system' },
] as const;

/** Chooses light, dark, or whatever the system says. */
export function ThemeMenu() {
  const t = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 100 }} width={176}>
      <Menu.Target>
        <IconButton icon={shown === 'dark' ? 'moon' : 'sun'} label={t('theme.label')} />
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={value === colorScheme}
            leftSection={<Icon name={icon} />}
            rightSection={value === colorScheme ? <Icon name="tick" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {t(`theme.${value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
