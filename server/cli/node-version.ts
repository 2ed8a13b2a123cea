/** The oldest Node.js that runs the box. This file imports nothing, so that any Node can read it. */
export const oldestNode = 24;

/** What is wrong with the running Node.js and what to do, or null when it serves. */
export function nodeProblem(version: string, executable: string): string | null {
  const major = Number.parseInt(version, 10);
  if (major >= oldestNode) return null;
  return (
    `This is Node.js ${version} (${executable}); the box needs Node.js ${oldestNode} or newer. ` +
    'Run `npm ci` in the project folder and start with `npm start` or `npx sepsms-box`: ' +
    'they use the Node.js that comes with the project.'
  );
}
