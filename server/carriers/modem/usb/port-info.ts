/** A serial port as the operating system tells of it; what it does not tell is missing. */
export interface SerialPortInfo {
  /** What is opened now; it changes when the modem is plugged in again. */
  readonly path: string;
  /** A name below /dev/serial that stays: by the device's own id, or by its socket where ids are not unique. */
  readonly stableId?: string;
  /** Of the USB device; several devices of one maker may share it. */
  readonly serialNumber?: string;
  readonly manufacturer?: string;
  readonly product?: string;
  /** Four hex digits, lower case. */
  readonly vendorId?: string;
  readonly productId?: string;
  /** The USB socket, or what else all ports of one device share. */
  readonly location?: string;
  /** Changes when the device leaves and comes back. */
  readonly life?: string;
  readonly interfaceNumber?: number;
  /** Class, subclass and protocol of its interface, such as `ff/02/12`. */
  readonly interfaceClass?: string;
  /** Of the kernel, such as `option`. */
  readonly driver?: string;
  /** The name that the system shows people. */
  readonly label?: string;
}

/** A USB device without a serial port. */
export interface UsbDeviceInfo {
  readonly vendorId: string;
  readonly productId: string;
  readonly product?: string;
  readonly location: string;
  /** Classes of its interfaces, such as `08/06/50`. */
  readonly interfaces: readonly string[];
}

/** What is plugged in. */
export interface MachineSurvey {
  readonly ports: readonly SerialPortInfo[];
  /** Empty where the system does not tell. */
  readonly portless: readonly UsbDeviceInfo[];
}
