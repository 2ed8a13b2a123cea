/** One room of the house and all that it may take from elsewhere. A room may always import its own files. */
export interface Room {
  readonly name: string;
  /** Paths that belong to it. The first room that fits a file has it. */
  readonly paths: RegExp;
  /** Other rooms it may import from. */
  readonly rooms?: readonly string[];
  /** Packages, and modules of Node.js, that it may import; `node:*` is any of Node's. */
  readonly packages?: readonly string[];
}

/** ARCHITECTURE.md, "Rooms": a file outside them all is a breach, so a new folder has to be thought about. */
export const rooms: readonly Room[] = [
  { name: 'domain', paths: /^server\/domain\//u },
  { name: 'contract', paths: /^server\/contract\//u, rooms: ['domain'], packages: ['zod'] },
  {
    name: 'platform',
    paths: /^server\/platform\//u,
    rooms: ['domain'],
    packages: ['node:*', 'csv-parse', 'pino', 'saxes', 'undici', 'yauzl'],
  },
  {
    name: 'config',
    paths: /^server\/config\//u,
    rooms: ['domain'],
    packages: ['node:fs/promises', 'node:path', 'zod'],
  },
  {
    name: 'migrations',
    paths: /^server\/store\/migrations\//u,
    packages: ['better-sqlite3'],
  },
  {
    name: 'store',
    paths: /^server\/store\//u,
    rooms: ['domain', 'platform', 'migrations'],
    packages: ['better-sqlite3', 'node:fs', 'node:path', 'node:worker_threads'],
  },
  { name: 'tpdu', paths: /^server\/carriers\/tpdu\//u, rooms: ['domain'] },
  {
    name: 'modem',
    paths: /^server\/carriers\/modem\//u,
    rooms: ['domain', 'platform', 'tpdu'],
    packages: ['serialport', 'node:fs', 'node:fs/promises', 'node:path'],
  },
  { name: 'simulator', paths: /^server\/carriers\/simulator\//u, rooms: ['domain', 'platform', 'tpdu'] },
  { name: 'smpp', paths: /^server\/carriers\/smpp\//u, rooms: ['domain', 'platform', 'tpdu'] },
  { name: 'upstream', paths: /^server\/carriers\/upstream\//u, rooms: ['domain', 'platform'], packages: ['zod'] },
  {
    name: 'services',
    paths: /^server\/services\//u,
    rooms: ['domain', 'store', 'platform'],
    packages: ['node-cron', 'node:net', 'prom-client'],
  },
  {
    name: 'http',
    paths: /^server\/http\//u,
    rooms: ['contract', 'domain', 'services', 'platform'],
    packages: ['express', 'zod', 'node:buffer', 'node:http', 'node:path', 'node:stream', 'node:stream/promises'],
  },
  {
    name: 'cli',
    paths: /^server\/cli\//u,
    rooms: ['contract', 'domain', 'config', 'door', 'package file'],
    packages: ['commander', 'zod', 'node:*'],
  },
  { name: 'door', paths: /^server\/index\.ts$/u, rooms: ['root', 'domain'], packages: ['node:path'] },
  {
    name: 'root',
    paths:
      /^server\/(?:(?:carrier-kinds|wiring)\/|(?:app|bin|carrier-factory|lifecycle|running-server|setting-rules|use-cases|webhook-wiring)\.ts$)/u,
    rooms: [
      'contract',
      'domain',
      'platform',
      'config',
      'store',
      'modem',
      'simulator',
      'smpp',
      'upstream',
      'services',
      'http',
      'cli',
    ],
    packages: ['node:*', 'zod'],
  },
  { name: 'package file', paths: /^package\.json$/u },
  {
    name: 'server process',
    paths: /^electron\/server-process\.ts$/u,
    rooms: ['electron', 'door'],
    packages: ['node:*'],
  },
  { name: 'desktop build', paths: /^electron\/build\//u, packages: ['vite', 'node:*'] },
  { name: 'electron', paths: /^electron\//u, packages: ['electron', 'zod', 'node:*'] },
  {
    name: 'api client',
    paths: /^renderer\/api\//u,
    rooms: ['contract'],
    packages: ['@tanstack/react-query', 'react', 'zod'],
  },
  { name: 'languages', paths: /^renderer\/i18n\//u, rooms: ['api client'], packages: ['react'] },
  { name: 'page router', paths: /^renderer\/router\//u, packages: ['react'] },
  {
    name: 'pieces',
    paths: /^renderer\/ui\//u,
    rooms: ['contract', 'languages', 'page router'],
    packages: ['@mantine/core', '@mantine/hooks', 'react', 'uqr', 'zod'],
  },
  {
    name: 'features',
    paths: /^renderer\/features\//u,
    rooms: ['contract', 'api client', 'languages', 'page router', 'pieces', 'writing', 'layout'],
    packages: ['@mantine/core', '@mantine/hooks', '@tanstack/react-query', 'react', 'zod'],
  },
  {
    name: 'writing',
    paths: /^renderer\/writing\//u,
    rooms: ['contract', 'api client', 'languages', 'page router', 'pieces', 'layout'],
    packages: ['@mantine/core', '@mantine/hooks', '@tanstack/react-query', 'react'],
  },
  {
    name: 'layout',
    paths: /^renderer\/layout\//u,
    rooms: ['contract', 'api client', 'languages', 'page router', 'pieces', 'features'],
    packages: ['@mantine/core', '@mantine/hooks', '@tanstack/react-query', 'react'],
  },
  {
    name: 'page of the API document',
    paths: /^renderer\/api-docs\//u,
    rooms: ['contract'],
    packages: ['openapi-explorer'],
  },
  {
    name: 'pages root',
    paths: /^renderer\/(?:app|main|theme|vite-env\.d)\.tsx?$/u,
    rooms: ['api client', 'languages', 'page router', 'pieces', 'features', 'layout'],
    packages: ['@mantine/core', '@tanstack/react-query', 'react', 'react-dom', 'zod'],
  },
];

/** What only some files may import, although their room may. */
export const homes: readonly { readonly target: RegExp; readonly files: readonly string[] }[] = [
  {
    target: /^serialport$/u,
    files: ['server/carriers/modem/serial/serial-list.ts', 'server/carriers/modem/serial/serial-stream.ts'],
  },
  { target: /^node:tls$/u, files: ['server/platform/socket-stream.ts'] },
  { target: /^prom-client$/u, files: ['server/services/metrics/metrics.ts'] },
  { target: /^node-cron$/u, files: ['server/services/cron.ts'] },
  { target: /^express$/u, files: ['server/http/gateway.ts'] },
  // The box's own door is opened by whoever runs it, and only when it is to run.
  { target: /^server\/index\.ts$/u, files: ['electron/server-process.ts'] },
];

export interface Exception {
  readonly path: string;
  readonly target: string;
  readonly why: string;
}

/** Imports that their room may not have, each with its reason. One that is no longer made is a breach too. */
export const exceptions: readonly Exception[] = [
  {
    path: 'server/cli/process-world.ts',
    target: 'server/platform/system-clock.ts',
    why: 'puts the real world together for the command line, as app.ts does for the box',
  },
  {
    path: 'server/cli/process-world.ts',
    target: 'server/carriers/modem/serial/look-around.ts',
    why: '`doctor` tells which modems are plugged in, as the driver knows them; loaded only when it is asked',
  },
  {
    path: 'server/cli/process-world.ts',
    target: 'server/store/check.ts',
    why: '`doctor` looks the database over; loaded only when it is asked',
  },
  {
    path: 'server/store/migrations/run-migrations.ts',
    target: 'server/domain/errors.ts',
    why: 'runs the steps and refuses a database from a newer version; the steps themselves see the handle only',
  },
];

/** Files whose loading must not load the store: its binary ends a Node.js that is too old without a word. */
export const storeFree = ['server/bin.ts', 'server/cli/main.ts', 'server/cli/process-world.ts'] as const;
