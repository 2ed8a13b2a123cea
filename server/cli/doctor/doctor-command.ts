import type { Command } from 'commander';
import { resolveListenOptions } from '../../config/command-line-options.ts';
import { addDataOption, addJsonOption, sharedOptions } from '../admin-command.ts';
import { commandInput } from '../command-input.ts';
import { addListenOptions, addMasterKeyOption, listenInput } from '../serve-command.ts';
import { counted, oneLine } from '../text-table.ts';
import type { CliWorld } from '../world.ts';
import { examine } from './checks.ts';
import type { Finding } from './judgement.ts';

function report(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map((finding) => finding.name.length));
  const lines = findings.map(({ name, state, text, advice }) => {
    const line = `${state.padEnd(4)}  ${name.padEnd(width)}  ${oneLine(text)}\n`;
    return advice === null ? line : `${line}${' '.repeat(width + 8)}${oneLine(advice)}\n`;
  });
  return `${lines.join('')}\n${verdict(findings)}\n`;
}

function verdict(findings: readonly Finding[]): string {
  const failed = findings.filter((finding) => finding.state === 'fail').length;
  const doubtful = findings.filter((finding) => finding.state === 'warn').length;
  if (failed > 0) return `To put right: ${counted(failed, 'problem')}; to look at: ${counted(doubtful, 'warning')}.`;
  return doubtful > 0 ? `The box can run; to look at: ${counted(doubtful, 'warning')}.` : 'Nothing is wrong.';
}

/** `doctor`: what is wrong on this machine, in plain words (box.md §2). Ends with 1 when something must be put right. */
export function addDoctorCommand(program: Command, world: CliWorld, finish: (exitCode: number) => void): void {
  const command = program.command('doctor').description('say what is wrong on this machine, in plain words');
  addDataOption(command);
  addJsonOption(command);
  addListenOptions(command);
  addMasterKeyOption(command);
  command.action(async () => {
    const options = resolveListenOptions(commandInput(command, listenInput), world.env);
    const findings = await examine(world.probes, options, world.platform);
    const sound = findings.every((finding) => finding.state !== 'fail');
    const { json } = sharedOptions(command);
    world.out(json ? `${JSON.stringify({ ok: sound, checks: findings })}\n` : report(findings));
    finish(sound ? 0 : 1);
  });
}
