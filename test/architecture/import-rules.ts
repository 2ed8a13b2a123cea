import { packageOf, scanImports, type Import } from './import-scanner.ts';
import { exceptions, homes, rooms, storeFree, type Exception, type Room } from './room-rules.ts';
import type { Breach, SourceFile } from './source-tree.ts';

function roomOf(path: string): Room | undefined {
  return rooms.find((room) => room.paths.test(path));
}

function isOutside(target: string): boolean {
  return !/^(?:server|electron|renderer)\/|^package\.json$/u.test(target);
}

function mayImport(room: Room, target: string): boolean {
  if (isOutside(target)) {
    const wanted = target.startsWith('node:') ? target : packageOf(target);
    const packages = room.packages ?? [];
    return packages.includes(wanted) || (target.startsWith('node:') && packages.includes('node:*'));
  }
  const other = roomOf(target);
  return other !== undefined && (other === room || room.rooms?.includes(other.name) === true);
}

/** Styles and pictures belong to the page that shows them. */
function isAsset(target: string): boolean {
  return /\.(?:css|svg)$/u.test(target);
}

/** Every import that a room may not have; exceptions as named, each of which must be in use. */
export function checkRooms(files: readonly SourceFile[], allowed: readonly Exception[] = exceptions): Breach[] {
  const unused = new Set(allowed);
  const breaches: Breach[] = [];
  for (const file of files) {
    const room = roomOf(file.path);
    if (room === undefined) {
      breaches.push({ rule: 'rooms', path: file.path, message: 'belongs to no room' });
      continue;
    }
    for (const { target, specifier } of scanImports(file)) {
      if (isAsset(specifier)) continue;
      if (specifier === '?') {
        breaches.push({ rule: 'rooms', path: file.path, message: 'imports a name that is made while it runs' });
      } else if (!mayImport(room, target)) {
        const exception = allowed.find((each) => each.path === file.path && each.target === target);
        if (exception === undefined) breaches.push({ rule: 'rooms', path: file.path, message: `imports ${target}` });
        else unused.delete(exception);
      }
    }
  }
  for (const { path, target } of unused) {
    breaches.push({ rule: 'rooms', path, message: `no longer imports ${target}: take the exception away` });
  }
  return breaches;
}

/** A feature of the pages never imports another. */
export function checkFeatures(files: readonly SourceFile[]): Breach[] {
  const feature = (path: string) => /^renderer\/features\/([^/]+)\//u.exec(path)?.[1];
  return files.flatMap((file) =>
    scanImports(file)
      .filter(({ target }) => feature(file.path) !== undefined && feature(target) !== undefined)
      .filter(({ target }) => feature(target) !== feature(file.path))
      .map(({ target }) => ({ rule: 'features', path: file.path, message: `imports ${target}` })),
  );
}

/** Some things have one home each; types of the door, and the door opened late by the command line, are for all who may see it. */
export function checkHomes(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) =>
    scanImports(file)
      .filter(({ target, kind }) =>
        homes.some((home) => home.target.test(target) && kind === 'value' && !home.files.includes(file.path)),
      )
      .map(({ target }) => ({
        rule: 'homes',
        path: file.path,
        message: `imports ${target}, which has its home elsewhere`,
      })),
  );
}

type Graph = ReadonlyMap<string, readonly string[]>;

function graphOf(files: readonly SourceFile[], kinds: readonly Import['kind'][]): Graph {
  return new Map(
    files.map((file) => [
      file.path,
      scanImports(file)
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ target }) => target),
    ]),
  );
}

/** Files that import each other in a ring; imports of types and late ones count as well. */
export function checkCycles(files: readonly SourceFile[]): Breach[] {
  const graph = graphOf(files, ['value', 'lazy', 'type']);
  const done = new Set<string>();
  const breaches: Breach[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      breaches.push({ rule: 'cycles', path, message: [...trail.slice(seenAt), path].join(' → ') });
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return breaches;
}

/** What loads before the version of Node.js is known must not load the store. */
export function checkStoreFree(files: readonly SourceFile[]): Breach[] {
  const graph = graphOf(files, ['value']);
  return storeFree
    .filter((path) => graph.has(path))
    .flatMap((path) => {
      const reached = new Set<string>([path]);
      for (const each of reached) for (const next of graph.get(each) ?? []) reached.add(next);
      return reached.has('better-sqlite3') ? [{ rule: 'store free', path, message: 'loads better-sqlite3' }] : [];
    });
}
