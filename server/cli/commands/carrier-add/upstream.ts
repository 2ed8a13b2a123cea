import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CarrierItem } from '../../../contract/carrier-forms.ts';
import { providerMapping } from '../../../contract/provider-mapping.ts';
import { upstreamProviders } from '../../../contract/upstream-form.ts';
import { AppError, errorText } from '../../../domain/errors.ts';
import { adminCommand } from '../../admin-command.ts';
import { filledText, wholeNumber } from '../../input-schemas.ts';
import type { CliWorld } from '../../world.ts';
import { oneLine } from '../../text-table.ts';
import { shown } from './shown.ts';

const mostMappingBytes = 64 * 1024;

export function addUpstream(add: Command, world: CliWorld): void {
  const command = add
    .command('upstream')
    .description('another SEPSMS – the cloud, or another box – or a provider over HTTP')
    .option('--provider <name>', `one of ${upstreamProviders.join(', ')} (else sepsms)`)
    .option('--url <url>', 'its address, such as https://sepsms.com or http://10.0.0.7:8580')
    .option('--user <name>', 'account there, where it has one beside the key')
    .option('--key <key>', 'key or token there')
    .option('--origin <name>', "sender name or number to use instead of each message's own")
    .option('--idempotent', 'it is a box, or knows Idempotency-Key: a lost answer is asked for again')
    .option('--webhook-secret <secret>', 'what it signs its calls to this carrier with')
    .option('--public-url <url>', 'where it reaches this box, such as https://sms.example.com')
    .option('--window <n>', 'hand-overs at one time, 1 to 64 (else 8)')
    .option('--mapping <file>', 'how the provider custom is spoken to, as a JSON file')
    .option('--allow-host', 'put its host on the list of LAN hosts, for plain HTTP and for this machine')
    .option('--name <name>', 'what to call it');
  const input = z.object({
    provider: z.enum(upstreamProviders).optional(),
    url: filledText.optional(),
    user: filledText.optional(),
    key: filledText.optional(),
    origin: filledText.optional(),
    idempotent: z.boolean().optional(),
    webhookSecret: filledText.optional(),
    publicUrl: filledText.optional(),
    window: wholeNumber(1, 64).optional(),
    mapping: filledText.optional(),
    allowHost: z.boolean().optional(),
    name: filledText.optional(),
  });
  adminCommand(command, world, {
    input,
    run: async (client, { mapping: file, ...given }) => {
      const mapping = file === undefined ? {} : { mapping: await readMapping(file) };
      const answer = await client.call('carrierAdd', { body: { kind: 'upstream', ...given, ...mapping } });
      return { answer, text: `${shown(answer).text}${callbackLine(answer)}` };
    },
  });
}

/** Where the provider may tell what became of messages; without `--public-url` it begins at the box's own address. */
function callbackLine({ facts }: CarrierItem): string {
  const { callback } = facts;
  return typeof callback === 'string' ? `Its callback address, for reports: ${oneLine(callback)}\n` : '';
}

/** @throws AppError `config.invalid` naming the first thing that is wrong in the file. */
async function readMapping(file: string) {
  const problem = (why: string) => new AppError('config.invalid', `The mapping ${file} cannot be used: ${why}.`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw problem(errorText(error));
  }
  if (Buffer.byteLength(text) > mostMappingBytes) throw problem(`it is larger than ${mostMappingBytes} bytes`);
  const parsed = providerMapping.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw problem(`${first?.path.join('.') || 'it'}: ${first?.message ?? 'wrong form'}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
