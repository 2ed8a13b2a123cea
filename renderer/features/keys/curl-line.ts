/** A command that sends a message through the box at `origin` with a key. */
export function curlLine(origin: string, key: string, sender: string): string {
  return [
    `curl ${origin}/api/v2/message/send \\`,
    `  -H 'X-API-Key: ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify({ origin: sender, message: 'Hello', recipients: ['0812345678'] })}'`,
  ].join('\n');
}
