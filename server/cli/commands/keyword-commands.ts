import type { Command } from 'commander';
import { z } from 'zod';
import type { KeywordItem, KeywordTrialAnswer } from '../../contract/admin-keywords.ts';
import { keywordMatches } from '../../domain/keyword-rules.ts';
import { adminCommand, type Shown } from '../admin-command.ts';
import { filledList, filledText, idInput, listInput } from '../input-schemas.ts';
import { oneLine, textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const ids = filledList.transform((given, context) => {
  for (const id of given) if (!/^[1-9]\d{0,15}$/u.test(id)) context.addIssue(`"${oneLine(id)}" is no number of one`);
  return given.map(Number);
});

/** Which texts a rule fits, in a few words. */
function about(rule: KeywordItem): string {
  const { match, keywords, carriers, answers, hours } = rule;
  const words = [
    match === 'any' ? 'any text' : `${match}: ${keywords.join(', ')}`,
    carriers.length === 0 ? null : `by carrier ${carriers.join(', ')}`,
    answers === null ? null : `answers ${answers}`,
    hours === '' ? null : hours,
  ];
  return words.filter((word) => word !== null).join(' · ');
}

function actions(rule: KeywordItem): string {
  const { account, reply, forwardTo, webhook } = rule;
  const words = [
    account === null ? null : `to account ${account}`,
    reply === null ? null : `answer "${reply}"`,
    forwardTo === null ? null : `on to ${forwardTo}`,
    webhook === null ? null : `webhook ${webhook}`,
  ];
  return words.filter((word) => word !== null).join(' · ');
}

function shown(answer: KeywordItem): Shown {
  const off = answer.enabled ? '' : ' (off)';
  const what = oneLine(`${about(answer)} → ${actions(answer)}`);
  return { answer, text: `Keyword rule ${answer.id} "${oneLine(answer.name)}"${off}: ${what}\n` };
}

function addAdd(keyword: Command, world: CliWorld): void {
  const command = keyword
    .command('add')
    .description('add a rule behind the others; the first that fits a received text decides')
    .argument('<name>', 'what to call it')
    .option('--keywords <words...>', 'one or several')
    .option('--match <how>', `${keywordMatches.join(', ')} (default: exact)`)
    .option('--carriers <ids...>', 'only what comes by these carriers')
    .option('--answers <account>', 'only what answers a message of this account')
    .option('--hours <span>', 'only at this time of day, such as 08:00-17:00')
    .option('--account <name>', 'put it into the inbox of this account, which also pays for the answer')
    .option('--reply <text>', 'answer with this text; {from}, {text} and {time} are filled in')
    .option('--origin <name>', 'sender name of the answer')
    .option('--forward-to <number>', 'send it on to this number')
    .option('--webhook <id>', 'tell this webhook of it, whatever that listens to');
  adminCommand(command, world, {
    input: z.object({
      name: filledText,
      keywords: listInput.optional(),
      match: z.enum(keywordMatches, `give one of ${keywordMatches.join(', ')}`).optional(),
      carriers: ids.optional(),
      answers: filledText.optional(),
      hours: filledText.optional(),
      account: filledText.optional(),
      reply: filledText.optional(),
      origin: filledText.optional(),
      forwardTo: filledText.optional(),
      webhook: idInput.optional(),
    }),
    run: async (client, body) => shown(await client.call('keywordAdd', { body })),
  });
}

function addList(keyword: Command, world: CliWorld): void {
  adminCommand(keyword.command('list').description('list the rules in the order in which they are asked'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('keywords', {});
      const builtIn = answer.builtIn.map((rule) => [
        '-',
        rule.name,
        rule.keywords.length === 0 ? 'off' : 'on',
        rule.keywords.length === 0 ? '' : `exact: ${rule.keywords.join(', ')}`,
        `built in, see ${rule.setting}`,
      ]);
      const rows = answer.items.map((item) => [
        item.id,
        item.name,
        item.enabled ? 'on' : 'off',
        about(item),
        actions(item),
      ]);
      return { answer, text: textTable(['ID', 'NAME', 'STATE', 'FITS', 'DOES'], [...builtIn, ...rows], '') };
    },
  });
}

function addChanges(keyword: Command, world: CliWorld): void {
  for (const [word, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    const command = keyword
      .command(word)
      .description(`switch a rule ${enabled ? 'on' : 'off'}`)
      .argument('<id>', 'its number');
    adminCommand(command, world, {
      input: z.object({ id: idInput }),
      run: async (client, params) => shown(await client.call('keywordChange', { params, body: { enabled } })),
    });
  }
  const remove = keyword.command('remove').description('remove a rule').argument('<id>', 'its number');
  adminCommand(remove, world, {
    input: z.object({ id: idInput }),
    run: async (client, params) => ({
      answer: await client.call('keywordRemove', { params }),
      text: `Keyword rule ${params.id} is removed.\n`,
    }),
  });
  const order = keyword
    .command('order')
    .description('put rules first, in this order')
    .argument('<ids...>', 'their numbers');
  adminCommand(order, world, {
    input: z.object({ ids }),
    run: async (client, body) => {
      const answer = await client.call('keywordOrder', { body });
      const names = answer.items.map((item) => `${item.id} ${oneLine(item.name)}`);
      return { answer, text: `In this order: ${names.join(' · ')}\n` };
    },
  });
}

function trialText({ rule, builtIn, account, webhook, answers }: KeywordTrialAnswer): string {
  const decided =
    rule === null
      ? 'No rule fits: the text is only kept.'
      : `${builtIn ? 'The built-in rule' : 'The rule'} "${oneLine(rule)}" decides.`;
  const lines = answers.map((answer) => {
    const what = { reply: 'Answered', forward: 'Sent on', notice: 'Confirmed' }[answer.kind];
    const outcome = answer.sent ? `${what} to ${answer.to}: ${answer.text}` : `Nothing sent. ${answer.reason ?? ''}`;
    return `${oneLine(outcome)}\n`;
  });
  const told = webhook === null ? '' : `Webhook ${webhook} is told.\n`;
  return `${decided}\nIt goes to the inbox of account "${oneLine(account)}".\n${lines.join('')}${told}`;
}

function addTry(keyword: Command, world: CliWorld): void {
  const command = keyword
    .command('try')
    .description('see what would happen with a text; nothing is sent')
    .argument('<text>', 'what it says')
    .requiredOption('--from <number>', 'who sends it')
    .option('--carrier <id>', 'the carrier that it comes by');
  adminCommand(command, world, {
    input: z.object({ text: z.string(), from: filledText, carrier: idInput.optional() }),
    run: async (client, { text, from, carrier: carrierId }) => {
      const answer = await client.call('keywordTry', { body: { text, from, carrierId } });
      return { answer, text: trialText(answer) };
    },
  });
}

export function addKeywordCommands(program: Command, world: CliWorld): void {
  const keyword = program.command('keyword').description('what is done with received texts');
  addAdd(keyword, world);
  addList(keyword, world);
  addChanges(keyword, world);
  addTry(keyword, world);
}
