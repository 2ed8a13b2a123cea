import type { Command } from 'commander';
import { z } from 'zod';
import { roles } from '../../domain/roles.ts';
import { adminCommand } from '../admin-command.ts';
import { filledText, yesOrNo } from '../input-schemas.ts';
import { oneLine, shortTime, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const passwordHelp = 'at least 10 characters; asked for, or read from standard input, when left out';

async function passwordOr(given: string | undefined, world: CliWorld): Promise<string> {
  return given ?? (await world.readSecret('Password (at least 10 characters): '));
}

function addCreate(user: Command, world: CliWorld): void {
  const command = user
    .command('create')
    .description('create a user of the admin pages')
    .argument('<name>', 'sign-in name')
    .option('--role <role>', `${roles.join(', ')} (default: operator)`)
    .option('--password <password>', passwordHelp);
  adminCommand(command, world, {
    input: z.object({
      name: filledText,
      role: z.enum(roles, `give one of ${roles.join(', ')}`).optional(),
      password: z.string().optional(),
    }),
    run: async (client, { name, role, password }) => {
      const answer = await client.call('userCreate', {
        body: { name, role, password: await passwordOr(password, world) },
      });
      return { answer, text: `User "${oneLine(answer.name)}" may now sign in, as ${answer.role}.\n` };
    },
  });
}

function addPassword(user: Command, world: CliWorld): void {
  const command = user
    .command('password')
    .description("set a user's password")
    .argument('<name>', 'sign-in name')
    .option('--password <password>', passwordHelp);
  adminCommand(command, world, {
    input: z.object({ name: filledText, password: z.string().optional() }),
    run: async (client, { name, password }) => {
      const answer = await client.call('userPassword', { body: { name, password: await passwordOr(password, world) } });
      return { answer, text: `The password of "${oneLine(name)}" is changed.\n` };
    },
  });
}

function addList(user: Command, world: CliWorld): void {
  adminCommand(user.command('list').description('list the users and how they may sign in'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('users', {});
      const rows = answer.items.map((item) => [
        item.name,
        item.role,
        item.disabled
          ? 'disabled'
          : item.lockedUntil === null
            ? 'active'
            : `locked until ${shortTime(item.lockedUntil)}`,
        item.totp ? 'password and code' : 'password',
        item.sessions,
        item.signedInAt === null ? 'never' : shortTime(item.signedInAt),
      ]);
      const head = ['NAME', 'ROLE', 'STATE', 'SIGNS IN WITH', 'SESSIONS', 'LAST SIGN-IN'];
      const empty = 'There is no user yet. Create one with `sepsms-box user create NAME --role admin`.';
      return { answer, text: textTable(head, rows, empty) };
    },
  });
}

function addSet(user: Command, world: CliWorld): void {
  const command = user
    .command('set')
    .description('change what a user may do; what is not named stays')
    .argument('<name>', 'sign-in name')
    .option('--role <role>', roles.join(', '))
    .option('--disabled <true|false>', 'true: signed out everywhere, and not let in');
  const input = z
    .object({
      name: filledText,
      role: z.enum(roles, `give one of ${roles.join(', ')}`).optional(),
      disabled: yesOrNo.optional(),
    })
    .refine(
      ({ role, disabled }) => role !== undefined || disabled !== undefined,
      'name what to change: --role or --disabled',
    );
  adminCommand(command, world, {
    input,
    run: async (client, { name, ...body }) => {
      const answer = await client.call('userSet', { params: { name }, body });
      const state = answer.disabled ? 'disabled' : 'active';
      return { answer, text: `User "${oneLine(answer.name)}" is ${answer.role}, ${state}.\n` };
    },
  });
}

function addAct(
  user: Command,
  world: CliWorld,
  act: {
    readonly command: string;
    readonly description: string;
    readonly operation: 'userRemove' | 'userSignOut' | 'userTotpReset';
    readonly done: string;
  },
): void {
  const command = user.command(act.command).description(act.description).argument('<name>', 'sign-in name');
  adminCommand(command, world, {
    input: z.object({ name: filledText }),
    run: async (client, params) => {
      const answer = await client.call(act.operation, { params });
      return { answer, text: `User "${oneLine(params.name)}" ${act.done}.\n` };
    },
  });
}

export function addUserCommands(program: Command, world: CliWorld): void {
  const user = program.command('user').description('users of the admin pages');
  addCreate(user, world);
  addPassword(user, world);
  addList(user, world);
  addSet(user, world);
  addAct(user, world, {
    command: 'remove',
    description: 'remove a user',
    operation: 'userRemove',
    done: 'is removed',
  });
  addAct(user, world, {
    command: 'sign-out',
    description: 'sign a user out everywhere',
    operation: 'userSignOut',
    done: 'is signed out everywhere',
  });
  addAct(user, world, {
    command: 'reset-totp',
    description: 'let a user who lost the authenticator app sign in without a code',
    operation: 'userTotpReset',
    done: 'signs in without a code now',
  });
}
