import { Radio } from '@mantine/core';
import type { UserItem } from '../../../server/contract/admin-people.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Fields } from '../../ui/page.tsx';

type Role = UserItem['role'];

const roleNames: readonly Role[] = ['viewer', 'operator', 'admin'];

interface RoleFieldProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** Chooses a role, each with what it may do. */
export function RoleField({ value, onChange }: RoleFieldProps) {
  const t = useText();
  return (
    <Radio.Group
      label={t('users.role')}
      value={value}
      onChange={(text) => onChange(roleNames.find((role) => role === text) ?? value)}
    >
      <Fields>
        {roleNames.map((role) => (
          <Radio key={role} value={role} label={t(`role.${role}`)} description={t(`roleHelp.${role}`)} />
        ))}
      </Fields>
    </Radio.Group>
  );
}
