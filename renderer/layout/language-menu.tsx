import { Menu } from '@mantine/core';
import { useLanguage } from '../i18n/language-context.tsx';
import { languageNames, languages } from '../i18n/translate.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';

/** Chooses the language of the pages; each is named in its own words. */
export function LanguageMenu() {
  const { language, setLanguage, t } = useLanguage();
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 100 }} width={176}>
      <Menu.Target>
        <IconButton icon="globe" label={t('language.label')} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language}>
          {languages.map((each) => (
            <Menu.RadioItem
              key={each}
              value={each}
              lang={each}
              closeMenuOnClick
              checkIcon={<Icon name="tick" />}
              onChange={() => setLanguage(each)}
            >
              {languageNames[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
