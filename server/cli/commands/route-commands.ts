import type { Command } from 'commander';
import { z } from 'zod';
import type { RouteItem } from '../../contract/admin-routing.ts';
import { trafficPurposes } from '../../domain/routing.ts';
import { adminCommand, type Shown } from '../admin-command.ts';
import { filledList, filledText, idInput, listInput, yesOrNo } from '../input-schemas.ts';
import { oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const ids = filledList.transform((given, context) => {
  for (const id of given) if (!/^[1-9]\d{0,15}$/u.test(id)) context.addIssue(`"${oneLine(id)}" is no number of one`);
  return given.map(Number);
});
const weights = filledList.transform((given, context) => {
  for (const weight of given)
    if (!/^[1-9]\d{0,2}$/u.test(weight)) context.addIssue(`"${oneLine(weight)}" is no weight from 1 to 999`);
  return given.map(Number);
});
const purpose = z.enum(trafficPurposes, `give one of ${trafficPurposes.join(', ')}`);

/** What a route is about, in a few words. */
function about(route: RouteItem): string {
  const { account, sender, purpose: what, link, prefixes, hours } = route;
  const words = [
    account === null ? null : `account ${account}`,
    sender === null ? null : `sender ${sender}`,
    what,
    link === null ? null : link ? 'with a link' : 'without a link',
    prefixes.length === 0 ? null : `to ${prefixes.join(', ')}`,
    hours === '' ? null : hours,
  ].filter((word) => word !== null);
  return words.length === 0 ? 'everything' : words.join(' · ');
}

function ways(route: RouteItem): string {
  const names = route.carriers.map((one) => (route.mode === 'share' ? `${one.name} ×${one.weight}` : one.name));
  return names.join(route.mode === 'share' ? ' + ' : ' → ');
}

function shown(answer: RouteItem): Shown {
  const off = answer.enabled ? '' : ' (off)';
  return {
    answer,
    text: `Route ${answer.id} "${oneLine(answer.name)}"${off}: ${oneLine(`${about(answer)}: ${ways(answer)}`)}\n`,
  };
}

function listed(answer: { readonly items: RouteItem[] }): Shown {
  const rows = answer.items.map((item) => [item.id, item.name, item.enabled ? 'on' : 'off', about(item), ways(item)]);
  const empty =
    'There is no route: every carrier takes everything. Add one with `sepsms-box route add NAME --carriers ID`.';
  return { answer, text: textTable(['ID', 'NAME', 'STATE', 'ABOUT', 'CARRIERS'], rows, empty) };
}

function addAdd(route: Command, world: CliWorld): void {
  const command = route
    .command('add')
    .description('add a route behind the others; the first that fits a message decides')
    .argument('<name>', 'what to call it')
    .requiredOption('--carriers <ids...>', 'numbers of carriers, the first choice first')
    .option('--weights <numbers...>', 'share what comes among the carriers by these weights')
    .option('--account <name>', 'only messages of this account')
    .option('--sender <name>', 'only messages with this sender name')
    .option('--purpose <purpose>', `only ${trafficPurposes.join(', ')}`)
    .option('--link <true|false>', 'only texts with a link, or without one')
    .option('--prefixes <prefixes...>', 'only numbers that begin so, such as 089 or 6689')
    .option('--hours <span>', 'only at this time of day, such as 08:00-20:00');
  adminCommand(command, world, {
    input: z
      .object({
        name: filledText,
        carriers: ids,
        weights: weights.optional(),
        account: filledText.optional(),
        sender: filledText.optional(),
        purpose: purpose.optional(),
        link: yesOrNo.optional(),
        prefixes: listInput.optional(),
        hours: filledText.optional(),
      })
      .refine((given) => given.weights === undefined || given.weights.length === given.carriers.length, {
        message: 'Give one weight for each carrier',
      }),
    run: async (client, { carriers, weights: given, ...rest }) => {
      const targets = carriers.map((carrierId, index) => ({ carrierId, weight: given?.[index] ?? 1 }));
      const mode = given === undefined ? 'order' : 'share';
      return shown(await client.call('routeAdd', { body: { ...rest, mode, carriers: targets } }));
    },
  });
}

function addChanges(route: Command, world: CliWorld): void {
  const input = z.object({ id: idInput });
  for (const [word, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    const command = route
      .command(word)
      .description(`switch a route ${enabled ? 'on' : 'off'}`)
      .argument('<id>', 'its number');
    adminCommand(command, world, {
      input,
      run: async (client, params) => shown(await client.call('routeChange', { params, body: { enabled } })),
    });
  }
  const remove = route.command('remove').description('remove a route').argument('<id>', 'its number');
  adminCommand(remove, world, {
    input,
    run: async (client, params) => ({
      answer: await client.call('routeRemove', { params }),
      text: `Route ${params.id} is removed.\n`,
    }),
  });
  const order = route
    .command('order')
    .description('put routes first, in this order')
    .argument('<ids...>', 'their numbers');
  adminCommand(order, world, {
    input: z.object({ ids }),
    run: async (client, body) => listed(await client.call('routeOrder', { body })),
  });
}

function addTry(route: Command, world: CliWorld): void {
  const command = route
    .command('try')
    .description('see which way a message would go; nothing is sent')
    .requiredOption('--to <number>', 'the number')
    .option('--text <text>', 'the text')
    .option('--account <name>', 'the account that sends it')
    .option('--sender <name>', 'the sender name')
    .option('--purpose <purpose>', trafficPurposes.join(', '));
  adminCommand(command, world, {
    input: z.object({
      to: filledText,
      text: filledText.optional(),
      account: filledText.optional(),
      sender: filledText.optional(),
      purpose: purpose.optional(),
    }),
    run: async (client, body) => {
      const answer = await client.call('routeTry', { body });
      const decided =
        answer.route === null
          ? 'No route fits: any carrier may take it.'
          : `Route "${oneLine(answer.route.name)}" decides.`;
      const passed = answer.passed.map(({ name, mismatch }) => `${oneLine(name)} (${mismatch})`).join(', ');
      const before = passed === '' ? '' : `Passed over before: ${passed}.\n`;
      const rows = answer.carriers.map((one) => [one.id, one.name, one.can ? 'can take it' : (one.why ?? 'cannot')]);
      return {
        answer,
        text: `${decided}\n${before}${textTable(['ID', 'CARRIER', 'NOW'], rows, 'There is no carrier.')}`,
      };
    },
  });
}

export function addRouteCommands(program: Command, world: CliWorld): void {
  const route = program.command('route').description('routes: which carriers take what');
  addAdd(route, world);
  adminCommand(route.command('list').description('list the routes in the order in which they are asked'), world, {
    input: z.object({}),
    run: async (client) => listed(await client.call('routes', {})),
  });
  addChanges(route, world);
  addTry(route, world);
}
