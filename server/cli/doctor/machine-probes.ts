import type { BoxRecord } from '../../config/data-folder.ts';

export interface FolderLook {
  readonly kind: 'folder' | 'missing' | 'other';
  /** Whether this user may write in it or, when it is missing, make it. */
  readonly writable: boolean;
}

export type DatabaseLook =
  | { readonly state: 'sound' }
  | { readonly state: 'damaged'; readonly problem: string }
  | { readonly state: 'unchecked'; readonly reason: string };

export type AuditLook =
  | { readonly state: 'whole'; readonly rows: number }
  | { readonly state: 'broken'; readonly row: number; readonly problem: string }
  | { readonly state: 'unchecked'; readonly reason: string };

export interface SerialPortLook {
  readonly path: string;
  /** Whether this user may read and write it. */
  readonly usable: boolean;
  /** Group that the device belongs to, where there are groups. */
  readonly group: string | null;
}

/** A device at a serial port, or a modem that has none. */
export interface DeviceLook {
  readonly name: string;
  /** `2c7c:0125`; null when it is no USB device, or the system does not tell. */
  readonly usb: string | null;
  /** Ports that take AT commands. */
  readonly ports: readonly string[];
  readonly kind: 'modem' | 'adapter' | 'other';
  /** Why it cannot be used, and what to do; null when nothing is seen from outside. */
  readonly problem: string | null;
}

export interface GroupsLook {
  /** Those of this process. */
  readonly inForce: ReadonlySet<string>;
  /** Those that name this user as a member. */
  readonly given: ReadonlySet<string>;
}

export interface UdevRulesLook {
  /** Whether the rules of the box are there. */
  readonly installed: boolean;
  /** USB ids, `12d1` or `12d1:1506`, that any rule keeps ModemManager off. */
  readonly ignored: ReadonlySet<string>;
}

/** A program that has a serial port open. */
export interface PortUser {
  readonly path: string;
  readonly pid: number;
  readonly program: string;
}

export type PortLook = 'free' | 'in_use' | 'not_allowed' | 'no_such_address';

/** What `doctor` looks at. Each probe tells what is; the checks judge it. */
export interface MachineProbes {
  node(): { readonly version: string; readonly executable: string };
  /** Wall time in milliseconds and the IANA name of the machine's time zone. */
  time(): { readonly now: number; readonly timeZone: string };
  folder(dir: string): Promise<FolderLook>;
  /** Bytes free for this user on the disk that holds the folder, or will hold it. */
  freeBytes(dir: string): Promise<number>;
  /** Permission bits of a file; null when there is none. */
  fileMode(path: string): Promise<number | null>;
  database(path: string): Promise<DatabaseLook>;
  /** Whether the audit log in a database is whole. */
  audit(path: string): Promise<AuditLook>;
  /** The box that answers on this data folder now; null when none does. */
  runningBox(dir: string): Promise<BoxRecord | null>;
  port(host: string, port: number): Promise<PortLook>;
  /** Serial ports that may be modems; null where the operating system does not tell. */
  serialPorts(): Promise<readonly SerialPortLook[] | null>;
  /** What is plugged in that is a modem or may have one behind it; null where the operating system does not tell. */
  modems(): Promise<readonly DeviceLook[] | null>;
  /** Groups of this user; null where there are none. */
  groups(): Promise<GroupsLook | null>;
  /** Null where there is no udev. */
  udevRules(): Promise<UdevRulesLook | null>;
  /** Who has serial ports of modems open, as far as this user may see; null where the operating system does not tell. */
  portUsers(): Promise<readonly PortUser[] | null>;
  /** Names of the running programs; null where the operating system does not tell. */
  programs(): Promise<ReadonlySet<string> | null>;
}
