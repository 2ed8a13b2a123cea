import type { ImportItem } from '../../../server/contract/admin-imports.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

const looks: Readonly<Record<ImportItem['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  reading: { tone: 'blue', icon: 'dots' },
  ready: { tone: 'orange', icon: 'question' },
  running: { tone: 'blue', icon: 'arrow' },
  paused: { tone: 'grey', icon: 'pause' },
  done: { tone: 'green', icon: 'tick' },
  cancelled: { tone: 'grey', icon: 'slash' },
};

/** How an import is, by label, colour and picture. */
export function ImportState({ state }: { readonly state: ImportItem['state'] }) {
  const t = useText();
  const { tone, icon } = looks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`imports.state.${state}`)}
    </Badge>
  );
}

/** What is done to one import waits for what was done to it before. */
export function turnOf({ id }: Pick<ImportItem, 'id'>): string {
  return `import ${id}`;
}

/** Milliseconds after which an import is looked at again; not at all when nothing moves. */
export function paceOf(imports: readonly Pick<ImportItem, 'state'>[]): number | false {
  return imports.some(({ state }) => state === 'running' || state === 'reading') ? 700 : false;
}
