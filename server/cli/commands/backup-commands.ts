import type { Command } from 'commander';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { resolveDataDir } from '../../config/command-line-options.ts';
import { AppError } from '../../domain/errors.ts';
import { adminCommand, addDataOption, addJsonOption, sharedOptions } from '../admin-command.ts';
import type { AdminAnswer, AdminClient } from '../admin-client.ts';
import { commandInput } from '../command-input.ts';
import { keepStream } from '../files.ts';
import { filledText } from '../input-schemas.ts';
import { addMasterKeyOption } from '../serve-command.ts';
import { counted, shortTime, textFields } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const lookEveryMs = 250;
const patienceMs = 60 * 60_000;

type Backup = AdminAnswer<'backups'>['items'][number];

/** Waits until a backup that was begun is there. @throws AppError `backup.failed` saying why it is not. */
async function finished(client: AdminClient, name: string, world: CliWorld): Promise<Backup> {
  for (;;) {
    const state = await client.call('backups', {});
    const made = state.items.find((item) => item.name === name);
    if (made !== undefined) return made;
    if (state.running?.name !== name) {
      const why = state.failure?.message ?? 'The box did not make it. See its log.';
      throw new AppError('backup.failed', why, { extra: { answer: state } });
    }
    await new Promise<void>((done) => world.clock.after(lookEveryMs, done));
  }
}

async function fetchBackup(client: AdminClient, backup: Backup, file: string): Promise<void> {
  const hash = createHash('sha256');
  await keepStream(file, await client.stream('backupDownload', { params: { name: backup.name } }), (piece) => {
    hash.update(piece);
  });
  if (hash.digest('hex') === backup.sha256) return;
  await rm(file, { force: true });
  throw new AppError('backup.failed', 'The file was damaged on its way and is removed again. Try once more.');
}

function addBackup(program: Command, world: CliWorld): void {
  const command = program
    .command('backup')
    .description('make a backup of the running box, checked, into a file')
    .argument('<file>', 'the file to make');
  adminCommand(command, world, {
    input: z.object({ file: filledText }),
    timeoutMs: patienceMs,
    run: async (client, { file }) => {
      const { name } = await client.call('backupMake', { body: { cause: 'command' } });
      const backup = await finished(client, name, world);
      await fetchBackup(client, backup, file);
      await client.call('backupRemove', { params: { name } });
      const { messages, contacts } = backup.counts;
      const text =
        `${counted(backup.bytes, 'byte')} written to ${file}: ${counted(messages, 'message')}, ${counted(contacts, 'contact')}.\n` +
        'Keep the master key of the box apart from it: without that key its secrets do not open.\n';
      return { answer: { file, ...backup }, text };
    },
  });
}

const restoreInput = z.object({
  file: filledText,
  masterKeyFile: filledText.optional(),
  withoutKey: z.boolean().optional(),
  rehearse: z.boolean().optional(),
});

function addRestore(program: Command, world: CliWorld): void {
  const command = program
    .command('restore')
    .description('put a backup into the data folder of a box that is stopped')
    .argument('<file>', 'the backup')
    .option('--rehearse', 'only try it: nothing is changed')
    .option('--without-key', 'go on although the master key of the backup is not there');
  addDataOption(command);
  addJsonOption(command);
  addMasterKeyOption(command);
  command.action(async () => {
    const { file, masterKeyFile, withoutKey = false, rehearse = false } = commandInput(command, restoreInput);
    const { data, json } = sharedOptions(command);
    const dataDir = resolveDataDir(data, world.env);
    const named = masterKeyFile ?? (world.env['SEPSMS_BOX_MASTER_KEY_FILE'] || undefined);
    const restored = await world.restoreBackup({
      file,
      dataDir,
      withoutKey,
      rehearse,
      ...(named === undefined ? {} : { masterKeyFile: resolve(named) }),
    });
    world.out(json ? `${JSON.stringify(restored)}\n` : restoredText(restored, { file, dataDir, rehearse }));
  });
}

function restoredText(
  { madeAt, schema, counts, waiting, aside }: Awaited<ReturnType<CliWorld['restoreBackup']>>,
  { file, dataDir, rehearse }: { readonly file: string; readonly dataDir: string; readonly rehearse: boolean },
): string {
  const facts = textFields([
    ['Backup', file],
    ['Made', madeAt === null ? 'not known' : shortTime(new Date(madeAt).toISOString())],
    ['Schema', schema.from === schema.to ? String(schema.to) : `${schema.from}, brought to ${schema.to}`],
    ['Holds', `${counted(counts.messages, 'message')}, ${counted(counts.contacts, 'contact')}`],
    ['Waiting', `${counted(waiting.recipients, 'recipient')}: held as unknown by the first start, none is sent again`],
    ['Scheduled', `${counted(waiting.scheduledLater, 'recipient')} for later: will be sent at their time`],
    ...(aside === null ? [] : [['Old database', aside] as const]),
  ]);
  return rehearse
    ? `${facts}It can be restored. Nothing was changed.\n`
    : `${facts}Restored. Start the box with \`npm start -- --data ${dataDir}\`, and never run the old one beside it.\n`;
}

export function addBackupCommands(program: Command, world: CliWorld): void {
  addBackup(program, world);
  addRestore(program, world);
}
