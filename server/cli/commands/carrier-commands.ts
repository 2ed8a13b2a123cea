import type { Command } from 'commander';
import { z } from 'zod';
import type { CarrierItem } from '../../contract/carrier-forms.ts';
import { adminCommand } from '../admin-command.ts';
import { idInput } from '../input-schemas.ts';
import { textTable } from '../text-table.ts';
import type { CliWorld } from '../world.ts';
import { addModem } from './carrier-add/modem.ts';
import { addSimulator } from './carrier-add/simulator.ts';
import { addSmpp, addSmppChange } from './carrier-add/smpp.ts';
import { addUpstream } from './carrier-add/upstream.ts';
import { shown } from './carrier-add/shown.ts';
import { addCarrierOperateCommands } from './carrier-operate-commands.ts';
import { addCarrierQuotaCommands } from './carrier-quota-commands.ts';
import { addCarrierSet } from './carrier-set-command.ts';
import { addCarrierRename, addCarrierSetModem } from './carrier-set-modem-command.ts';

/** Why it does not work, or what to look at though it does. */
function wordsOn({ reason, facts }: CarrierItem): string | number {
  return reason === '' ? (facts['warning'] ?? '') : reason;
}

function addList(carrier: Command, world: CliWorld): void {
  adminCommand(carrier.command('list').description('list the carriers and how they are'), world, {
    input: z.object({}),
    run: async (client) => {
      const answer = await client.call('carriers', {});
      const rows = answer.items.map((item) => [item.id, item.name, item.kind, item.state, wordsOn(item)]);
      const empty = 'There is no carrier yet. Plug a modem in and add it with `sepsms-box carrier add modem`.';
      return { answer, text: textTable(['ID', 'NAME', 'KIND', 'STATE', 'REASON'], rows, empty) };
    },
  });
}

function addSwitches(carrier: Command, world: CliWorld): void {
  const input = z.object({ id: idInput });
  const enable = carrier.command('enable').description('put a carrier to work').argument('<id>', 'its number');
  adminCommand(enable, world, {
    input,
    run: async (client, params) => shown(await client.call('carrierEnable', { params })),
  });
  const disable = carrier.command('disable').description('take a carrier out of work').argument('<id>', 'its number');
  adminCommand(disable, world, {
    input,
    run: async (client, params) => shown(await client.call('carrierDisable', { params })),
  });
  const remove = carrier.command('remove').description('remove a carrier').argument('<id>', 'its number');
  adminCommand(remove, world, {
    input,
    run: async (client, params) => {
      const answer = await client.call('carrierRemove', { params });
      return { answer, text: `Carrier ${params.id} is removed.\n` };
    },
  });
}

export function addCarrierCommands(program: Command, world: CliWorld): void {
  const carrier = program.command('carrier').description('carriers: what the messages leave through');
  const add = carrier.command('add').description('add a carrier');
  addModem(add, world);
  addSimulator(add, world);
  addSmpp(add, world);
  addUpstream(add, world);
  addList(carrier, world);
  addSwitches(carrier, world);
  addCarrierSet(carrier, world);
  addSmppChange(carrier, world);
  addCarrierSetModem(carrier, world);
  addCarrierRename(carrier, world);
  addCarrierQuotaCommands(carrier, world);
  addCarrierOperateCommands(carrier, world);
}
