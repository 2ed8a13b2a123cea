import { Menu } from '@mantine/core';
import { useAct } from '../api/ask.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/language-context.tsx';
import { languageNames, languages } from '../i18n/translate.ts';
import type { Language } from '../i18n/translate.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';

/** Chooses the language of the pages; each is named in its own words. */
export function LanguageMenu() {
  const { language, setLanguage, t } = useLanguage();
  const session = useSession();
  const keep = useAct('profileSet', []);
  function choose(next: Language): void {
    setLanguage(next);
    // Kept with the person as well, for their next device; this one has it anyway.
    if (session.data !== undefined && session.data !== null) keep.mutate({ body: { language: next } });
  }
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
              onChange={() => choose(each)}
            >
              {languageNames[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
