import { FakeWorld } from '../cli/fake-world.ts';
import { runCli } from '../../server/cli/main.ts';

/** What `--help` prints for a command, given word by word. */
export async function helpOf(words: readonly string[]): Promise<string> {
  const world = new FakeWorld();
  await runCli([...words, '--help'], world);
  return world.stdout;
}

/** Names of the commands below one, as its help lists them; without the one that shows help. */
export async function commandsBelow(words: readonly string[]): Promise<string[]> {
  const section = /^Commands:\n(?<lines>(?: .*\n)+)/mu.exec(await helpOf(words))?.groups?.['lines'] ?? '';
  return [...section.matchAll(/^ {2}(?<name>[a-z][a-z-]*)/gmu)]
    .map(({ groups }) => groups?.['name'] ?? '')
    .filter((name) => name !== 'help');
}

/** Every command that does something, such as `carrier add modem`. */
export async function allCommands(words: readonly string[] = []): Promise<string[]> {
  const below = await commandsBelow(words);
  if (below.length === 0) return [words.join(' ')];
  const deeper = await Promise.all(below.map((name) => allCommands([...words, name])));
  return deeper.flat();
}
