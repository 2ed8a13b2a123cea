import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';

const schemes = ['light', 'dark', 'auto'] as const;

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
        <Menu.RadioGroup value={colorScheme}>
          {schemes.map((value) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              checkIcon={<Icon name="tick" />}
              onChange={() => setColorScheme(value)}
            >
              {t(`theme.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
