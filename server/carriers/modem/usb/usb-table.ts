import type { PortRole } from './port-role.ts';

/** Interface numbers of a USB device (bInterfaceNumber) and what their ports are for. */
export type PortLayout = Readonly<Record<number, PortRole>>;

/** A maker (`12d1`) or a model (`12d1:1001`) of modems, by the ids of its USB device. */
export interface UsbModem {
  readonly usb: string;
  readonly name: string;
  readonly ports?: PortLayout;
}

/** A stick that shows no serial port, and what to do about it. */
export interface UsbStranger {
  readonly usb: string;
  readonly name: string;
  readonly why: 'network' | 'disk' | 'taken';
}

/** Qualcomm's usual order, which Quectel and SIMCom keep. */
const qualcomm: PortLayout = { 0: 'diagnostic', 1: 'position', 2: 'commands', 3: 'dial' };
/** SIMCom with a network card in front: SIM7600 as RNDIS, A7670. */
const afterNetwork: PortLayout = { 2: 'diagnostic', 3: 'position', 4: 'commands', 5: 'dial', 6: 'sound' };
const sierra: PortLayout = { 0: 'diagnostic', 2: 'position', 3: 'commands' };
const zteDialThird: PortLayout = { 0: 'diagnostic', 1: 'commands', 3: 'dial' };
const zteDialSecond: PortLayout = { 0: 'diagnostic', 1: 'commands', 2: 'dial' };

/**
 * Makers of modems and the models whose ports are known, from the makers' drivers and from trade knowledge. A model that is
 * missing here still works: its ports are asked one after the other, those that `interfaceRoles` knows excepted.
 */
export const usbModems: readonly UsbModem[] = [
  { usb: '12d1', name: 'Huawei' },
  { usb: '12d1:1001', name: 'Huawei E169/E1550/E173', ports: { 0: 'dial', 1: 'diagnostic', 2: 'commands' } },
  { usb: '12d1:1003', name: 'Huawei E220', ports: { 0: 'dial', 1: 'commands' } },
  { usb: '12d1:1436', name: 'Huawei E173', ports: { 0: 'dial', 3: 'diagnostic', 4: 'commands' } },
  { usb: '12d1:1506', name: 'Huawei E3131/E353/E3372 as a stick' },
  { usb: '12d1:155e', name: 'Huawei E3272/E3276/E3372 as a stick' },
  { usb: '12d1:1573', name: 'Huawei ME909/MU609' },
  { usb: '12d1:1c05', name: 'Huawei E173/E353' },
  { usb: '2c7c', name: 'Quectel' },
  { usb: '2c7c:0121', name: 'Quectel EC21', ports: qualcomm },
  { usb: '2c7c:0125', name: 'Quectel EC25/EG25', ports: qualcomm },
  { usb: '2c7c:0191', name: 'Quectel EG91', ports: qualcomm },
  { usb: '2c7c:0195', name: 'Quectel EG95', ports: qualcomm },
  { usb: '2c7c:0296', name: 'Quectel BG96', ports: qualcomm },
  { usb: '2c7c:0306', name: 'Quectel EG06', ports: qualcomm },
  { usb: '2c7c:0512', name: 'Quectel EG12/EM12', ports: qualcomm },
  { usb: '2c7c:0800', name: 'Quectel RM500', ports: qualcomm },
  { usb: '05c6:9003', name: 'Quectel UC20', ports: qualcomm },
  { usb: '05c6:9090', name: 'Quectel UC15', ports: qualcomm },
  { usb: '05c6:9215', name: 'Quectel EC20', ports: qualcomm },
  { usb: '1e0e', name: 'SIMCom' },
  { usb: '1e0e:9001', name: 'SIMCom SIM7000/SIM7600', ports: { ...qualcomm, 4: 'sound' } },
  { usb: '1e0e:9011', name: 'SIMCom A7670/SIM7600', ports: afterNetwork },
  { usb: '1e0e:9205', name: 'SIMCom SIM7070/SIM7080', ports: qualcomm },
  {
    usb: '1e0e:9206',
    name: 'SIMCom SIM7070/SIM7080',
    ports: { ...qualcomm, 3: 'diagnostic', 4: 'diagnostic', 5: 'dial' },
  },
  { usb: '19d2', name: 'ZTE' },
  { usb: '19d2:0016', name: 'ZTE MF110/MF627', ports: zteDialSecond },
  { usb: '19d2:0017', name: 'ZTE MF180', ports: zteDialSecond },
  { usb: '19d2:0031', name: 'ZTE MF112/MF637', ports: zteDialThird },
  { usb: '19d2:0104', name: 'ZTE MF190', ports: zteDialThird },
  { usb: '19d2:0117', name: 'ZTE MF190/MF667', ports: zteDialSecond },
  { usb: '19d2:1515', name: 'ZTE MF192', ports: { 0: 'dial', 1: 'diagnostic', 2: 'commands' } },
  { usb: '19d2:2003', name: 'ZTE MF180', ports: zteDialThird },
  { usb: '1199', name: 'Sierra Wireless' },
  { usb: '1199:68c0', name: 'Sierra MC7304/MC7354', ports: sierra },
  { usb: '1199:9041', name: 'Sierra MC7305', ports: sierra },
  { usb: '1199:9071', name: 'Sierra EM7455/MC7455', ports: sierra },
  { usb: '1199:9091', name: 'Sierra EM7565', ports: sierra },
  { usb: '1e2d', name: 'Cinterion' },
  { usb: '1e2d:0053', name: 'Cinterion PHS8', ports: { 1: 'position' } },
  { usb: '0681', name: 'Siemens' },
  { usb: '1bc7', name: 'Telit' },
  { usb: '1bc7:0021', name: 'Telit HE910', ports: { 0: 'dial', 6: 'commands' } },
  { usb: '1bc7:1201', name: 'Telit LE910', ports: { 0: 'diagnostic', 2: 'position', 4: 'commands', 5: 'dial' } },
  { usb: '2cb7', name: 'Fibocom' },
  { usb: '1546', name: 'u-blox' },
  { usb: '0421', name: 'Nokia' },
  { usb: '1bbb', name: 'Alcatel' },
  { usb: '1c9e', name: 'Longcheer' },
];

/** Serial adapters: anything may be behind them, a printer as well as a modem, so they are asked only when somebody wants it. */
export const serialAdapters: readonly { readonly usb: string; readonly name: string }[] = [
  { usb: '0403', name: 'FTDI' },
  { usb: '067b', name: 'Prolific PL2303' },
  { usb: '10c4', name: 'Silicon Labs CP210x' },
  { usb: '1a86', name: 'CH340' },
  { usb: '4348', name: 'CH341' },
  { usb: '9710', name: 'MosChip' },
  { usb: '0557:2008', name: 'ATEN UC-232A' },
  { usb: '050d:0103', name: 'Belkin F5U103' },
];

/** Drivers of the Linux kernel that take nothing but modems. */
export const modemDrivers: readonly string[] = ['option', 'qcserial', 'sierra', 'hso'];

/** Sticks that came up as a network card or as the disk with their own drivers, and so have no serial port. */
export const usbStrangers: readonly UsbStranger[] = [
  { usb: '12d1:14db', name: 'Huawei HiLink (E3131/E3372h/E303h)', why: 'network' },
  { usb: '12d1:14dc', name: 'Huawei HiLink (E3372h)', why: 'network' },
  { usb: '19d2:1405', name: 'ZTE MF79/MF823 (web page)', why: 'network' },
  { usb: '1bbb:0195', name: 'Alcatel L850V (web page)', why: 'network' },
  { usb: '12d1:1446', name: 'Huawei E1550/E173', why: 'disk' },
  { usb: '12d1:14d1', name: 'Huawei E173/E352', why: 'disk' },
  { usb: '12d1:14fe', name: 'Huawei E353/E3131', why: 'disk' },
  { usb: '12d1:1520', name: 'Huawei K3765', why: 'disk' },
  { usb: '12d1:1c0b', name: 'Huawei E173s', why: 'disk' },
  { usb: '12d1:1f01', name: 'Huawei E3372h/E353', why: 'disk' },
  { usb: '19d2:1225', name: 'ZTE MF79/MF823', why: 'disk' },
  { usb: '19d2:2000', name: 'ZTE MF112/MF180/MF190/MF627', why: 'disk' },
  { usb: '1199:0fff', name: 'Sierra Wireless AirCard', why: 'disk' },
  { usb: '1bbb:f000', name: 'Alcatel X060/X200/X220', why: 'disk' },
  { usb: '1c9e:f000', name: 'Longcheer', why: 'disk' },
  { usb: '05c6:1000', name: 'Qualcomm', why: 'disk' },
];

/** Class, subclass and protocol of an interface, such as `ff/02/12`, for models that no layout tells of. */
export const interfaceRoles: readonly { readonly usb: string; readonly match: RegExp; readonly role: PortRole }[] = [
  // Huawei writes the purpose of a port into the protocol of its interface, in several series.
  { usb: '12d1', match: /^ff\/0[1-3]\/(?:01|10|31|61)$/, role: 'dial' },
  { usb: '12d1', match: /^ff\/0[1-3]\/(?:02|12|32|62)$/, role: 'commands' },
  { usb: '12d1', match: /^ff\/0[1-3]\/(?:03|13|33|63)$/, role: 'diagnostic' },
  { usb: '12d1', match: /^ff\/0[1-3]\/(?:05|14|35|65)$/, role: 'position' },
  // Qualcomm's newer firmware does the same.
  { usb: '', match: /^ff\/ff\/30$/, role: 'diagnostic' },
  { usb: '', match: /^ff\/ff\/(?:40|60)$/, role: 'position' },
  { usb: '', match: /^ff\/00\/40$/, role: 'commands' },
];

/** Words in the name that the operating system gives a port (Windows, macOS). The first that fits counts. */
export const labelRoles: readonly { readonly match: RegExp; readonly role: PortRole }[] = [
  { match: /\bdiag|\bDM (?:port|interface)|\bQDLoader/i, role: 'diagnostic' },
  { match: /\bNMEA\b|\bGPS\b|\bGNSS\b/i, role: 'position' },
  { match: /\baudio\b|\bvoice\b/i, role: 'sound' },
  { match: /\bPC ?UI\b|\bAT (?:port|interface)\b/i, role: 'commands' },
  { match: /\bmodem\b/i, role: 'dial' },
];
