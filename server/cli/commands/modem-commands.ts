import type { Command } from 'commander';
import { z } from 'zod';
import type { ModemItem } from '../../contract/admin-modems.ts';
import { adminCommand } from '../admin-command.ts';
import { textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';

const heads = ['MODEM', 'IMEI', 'PORT', 'STATE'];

function stateOf(modem: ModemItem): string {
  const used = modem.carrier === null ? null : `used by carrier ${modem.carrier.id} "${modem.carrier.name}"`;
  if (modem.problem !== null) return used === null ? modem.problem : `${used}. ${modem.problem}`;
  return used ?? (modem.free ? 'free' : 'not asked');
}

function table(modems: readonly ModemItem[]): string {
  const rows = modems.map((modem) => [
    [modem.manufacturer, modem.model].filter((text) => text !== null).join(' ') || modem.device,
    modem.imei ?? '-',
    modem.port ?? (modem.ports.map((port) => port.path).join(' ') || '-'),
    stateOf(modem),
  ]);
  const empty = 'No modem is plugged in, as far as this machine tells. `sepsms-box doctor` looks closer.';
  return textTable(heads, rows, empty);
}

/** `modem`: what is plugged in. */
export function addModemCommands(program: Command, world: CliWorld): void {
  const modem = program.command('modem').description('modems that are plugged in');
  adminCommand(modem.command('list').description('list the modems and whose they are'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('modems', {});
      return { answer, text: table(answer.items) };
    },
  });
  adminCommand(modem.command('scan').description('ask every free port which modem is at it'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('modemScan', {});
      return { answer, text: table(answer.items) };
    },
  });
}
