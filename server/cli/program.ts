import { Command } from 'commander';
import { addAccountCommands } from './commands/account-commands.ts';
import { addAuditCommands } from './commands/audit-commands.ts';
import { addBackupCommands } from './commands/backup-commands.ts';
import { addBlocklistCommands } from './commands/blocklist-commands.ts';
import { addCampaignCommands } from './commands/campaign-commands.ts';
import { addCarrierCommands } from './commands/carrier-commands.ts';
import { addContactCommands } from './commands/contact-commands.ts';
import { addCreditCommands } from './commands/credit-commands.ts';
import { addExportCommands } from './commands/export-commands.ts';
import { addGroupCommands } from './commands/group-commands.ts';
import { addImportCommands } from './commands/import-commands.ts';
import { addInboxCommands } from './commands/inbox-commands.ts';
import { addKeyCommands } from './commands/key-commands.ts';
import { addKeywordCommands } from './commands/keyword-commands.ts';
import { addLinkCommands } from './commands/link-commands.ts';
import { addRouteCommands } from './commands/route-commands.ts';
import { addSendCommand, addStatusCommand } from './commands/message-commands.ts';
import { addModemCommands } from './commands/modem-commands.ts';
import { addOrderCommands } from './commands/order-commands.ts';
import { addScheduleCommands } from './commands/schedule-commands.ts';
import { addSenderCommands } from './commands/sender-commands.ts';
import { addSettingCommands } from './commands/setting-commands.ts';
import { addTemplateCommands } from './commands/template-commands.ts';
import { addUserCommands } from './commands/user-commands.ts';
import { addWebhookCommands } from './commands/webhook-commands.ts';
import { addDemoCommand } from './demo-command.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { addServeCommand } from './serve-command.ts';
import type { CliWorld } from './world.ts';

function newProgram(world: CliWorld): Command {
  return (
    new Command('sepsms-box')
      .description('A self-hosted SMS gateway: the SEPSMS v2 REST API on your own machine.')
      .version(world.version)
      // Before the command as well as after it, and an option's value is never taken for an option.
      .enablePositionalOptions()
      .option('--data <dir>', 'data folder of the box, for any command')
      .option('--json', 'print the answer as one JSON object, for any command that speaks to the box')
      .exitOverride()
      .configureOutput({
        writeOut: (text) => {
          world.out(text);
        },
        writeErr: (text) => {
          world.err(text);
        },
        outputError: (text, write) => {
          write(text.replace(/^error: /u, 'sepsms-box: '));
        },
      })
      .showHelpAfterError('Add --help to see what the command takes.')
  );
}

/** The whole command line (box.md §2). `finish` takes the exit code of a command that chooses its own. */
export function buildProgram(world: CliWorld, finish: (exitCode: number) => void): Command {
  const program = newProgram(world);
  addServeCommand(program, world, finish);
  addDemoCommand(program, world, finish);
  addDoctorCommand(program, world, finish);
  addSendCommand(program, world);
  addStatusCommand(program, world);
  addKeyCommands(program, world);
  addAccountCommands(program, world);
  addCreditCommands(program, world);
  addOrderCommands(program, world);
  addSenderCommands(program, world);
  addBlocklistCommands(program, world);
  addLinkCommands(program, world);
  addContactCommands(program, world);
  addExportCommands(program, world);
  addGroupCommands(program, world);
  addImportCommands(program, world);
  addTemplateCommands(program, world);
  addCampaignCommands(program, world);
  addScheduleCommands(program, world);
  addCarrierCommands(program, world);
  addRouteCommands(program, world);
  addModemCommands(program, world);
  addWebhookCommands(program, world);
  addUserCommands(program, world);
  addBackupCommands(program, world);
  addSettingCommands(program, world);
  addInboxCommands(program, world);
  addKeywordCommands(program, world);
  addAuditCommands(program, world);
  return program;
}
