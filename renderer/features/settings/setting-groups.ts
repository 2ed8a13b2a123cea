import type { SettingItem } from '../../../server/contract/admin-tenancy.ts';
import type { IconName } from '../../ui/icon.tsx';

/** Groups of settings, each with the beginnings of the names that belong to it. What fits none is in the last one. */
const groups = [
  { name: 'box', icon: 'settings', begins: ['box', 'backups', 'access'] },
  { name: 'sending', icon: 'messages', begins: ['message', 'number', 'schedule'] },
  { name: 'carriers', icon: 'carrier', begins: ['routing', 'modems', 'reports'] },
  { name: 'guards', icon: 'shield', begins: ['guards'] },
  { name: 'inbox', icon: 'inbox', begins: ['inbound'] },
  { name: 'limits', icon: 'hourglass', begins: ['limits'] },
  { name: 'api', icon: 'webhook', begins: ['webhook', 'legacy', 'http', 'metrics'] },
  { name: 'more', icon: 'dots', begins: [] },
] as const satisfies readonly { name: string; icon: IconName; begins: readonly string[] }[];
export type GroupName = (typeof groups)[number]['name'];

export interface SettingGroup {
  readonly name: GroupName;
  readonly icon: IconName;
  readonly items: readonly SettingItem[];
}

/** The settings in their groups; a group without any is left out. */
export function grouped(items: readonly SettingItem[]): readonly SettingGroup[] {
  const known = groups.flatMap((group): readonly string[] => group.begins);
  return groups
    .map(({ name, icon, begins }) => {
      const mine: readonly string[] = begins;
      const fits = (item: SettingItem) => (name === 'more' ? !known.includes(begin(item)) : mine.includes(begin(item)));
      return { name, icon, items: items.filter(fits) };
    })
    .filter((group) => group.items.length > 0);
}

function begin(item: SettingItem): string {
  return item.name.split('.')[0] ?? '';
}
