import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readSecret } from '../../server/cli/read-secret.ts';

function terminal(): PassThrough & { isTTY: boolean } {
  return Object.assign(new PassThrough(), { isTTY: true });
}

test('a person is asked, and what is typed is not shown', async () => {
  const input = terminal();
  let shown = '';
  const secret = readSecret('Password: ', {
    input,
    prompt: (text) => {
      shown += text;
    },
  });
  input.write('correct horse\r');
  expect(await secret).toBe('correct horse');
  expect(shown).toBe('Password: \n');
});

test('the first line of what is piped in, without asking', async () => {
  const input = new PassThrough();
  const prompts: string[] = [];
  const secret = readSecret('Password: ', { input, prompt: (text) => prompts.push(text) });
  input.end('battery staple\nmore\n');
  expect(await secret).toBe('battery staple');
  expect(prompts).toEqual([]);
});

test('nothing piped in, or Ctrl+C, is told and ends as a wrong command line does', async () => {
  const empty = new PassThrough();
  const silent = readSecret('Password: ', { input: empty, prompt: () => undefined });
  empty.end();
  await expect(silent).rejects.toMatchObject({
    code: 'config.invalid',
    message: expect.stringContaining('--password'),
  });

  const input = terminal();
  const cancelled = readSecret('Password: ', { input, prompt: () => undefined });
  input.write('half\u0003');
  await expect(cancelled).rejects.toMatchObject({ code: 'config.invalid' });
});
