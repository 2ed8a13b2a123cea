export const carrierReasons = {
  'reason.modem.opening': 'The port is being opened.',
  'reason.modem.setting_up': 'The modem is being set up.',
  'reason.modem.restarted': 'The modem restarted by itself and is being set up again.',
  'reason.modem.unplugged': 'The modem is unplugged. Plug it in again; the box finds it by itself.',
  'reason.modem.foreign': 'Another modem is at its port. Plug the right one in, or add this one as a new carrier.',
  'reason.modem.reopen': 'The modem does not answer; its port is being opened anew.',
  'reason.modem.reset': 'The modem hangs and is being reset; this takes half a minute.',
  'reason.modem.power_cycle': 'The modem hangs and its reset did not help; it is taken off the USB bus and back on.',
  'reason.modem.silent': 'The port opens, but no modem answers on it. Check that it is the port for AT commands.',
  'reason.modem.hopeless':
    'The modem hangs again and again ({resets} resets within the hour). Unplug it, plug it in again, and check its power supply.',
  'reason.modem.refused':
    'The network refuses message after message from this SIM. Check its credit; it is tried again in {minutes} min.',
  'reason.modem.driver': 'The modem driver failed. Disable this modem and enable it again.',
  'reason.port.slow': 'The port does not open in time. Unplug the modem and plug it in again.',
  'reason.port.not_allowed':
    'The box may not open the port of the modem. On Linux, its user has to be in the group dialout.',
  'reason.port.in_use': 'Another program holds the port of the modem, often ModemManager. Close it.',
  'reason.port.missing': 'The modem is not found. Plug it in; the box finds it by itself.',
  'reason.sim.pin': 'The modem answers, but the SIM wants its PIN. Enter the PIN in the settings of this modem.',
  'reason.sim.pin_bad': 'The stored PIN is not 4 to 8 digits. Correct it in the settings of this modem.',
  'reason.sim.pin_refused':
    'The SIM refused the stored PIN. Correct it; the box does not try it again, so that the SIM is not locked.',
  'reason.sim.pin_tries': 'The SIM allows too few more PIN attempts. Unlock it in a phone; the box does not risk it.',
  'reason.sim.pin_entered': 'The PIN was entered; the SIM is not ready yet.',
  'reason.sim.puk':
    'The SIM is locked and wants its PUK. Put it into a phone and unlock it there; the box does not try.',
  'reason.sim.locked': 'The modem or its SIM is locked: it may be tied to another operator. Use another SIM or modem.',
  'reason.sim.trouble': 'Something is wrong with the SIM, or there is none. The modem itself answers.',
  'reason.sim.waiting': 'The modem does not tell the state of its SIM yet. If it stays so, check that a SIM is in it.',
  'reason.network.refused': 'The network refuses this SIM. Check that it is active and not barred.',
  'reason.network.emergency':
    'The network gives this SIM emergency calls only. Check the contract, and that the modem suits the network.',
  'reason.network.idle': 'The modem is not registered and not searching for a network. Check SIM and antenna.',
  'reason.network.searching': 'The modem is searching for a network.',
  'reason.smpp.bound_already':
    'The SMSC says that this account is bound already: by another program, or by a session that it has not given up yet.',
  'reason.smpp.fault': 'The SMSC has a fault of its own at the moment.',
  'reason.smpp.refused':
    'The SMSC refuses the bind. Check system id, password and kind of bind, and whether it lets in the address of this box.',
  'reason.smpp.password': 'The SMSC says that the password is wrong. Set the right one.',
  'reason.smpp.system_id': 'The SMSC does not know this system id. Check its spelling.',
  'reason.smpp.system_type': 'The SMSC does not take this system type. Ask the carrier which one to set.',
  'reason.smpp.full': 'The SMSC has no room for another session at the moment.',
  'reason.smpp.binds': 'The SMSC says that there were too many binds.',
  'reason.smpp.silent':
    'The SMSC takes the connection but does not answer. Check that it is the port for SMPP, with or without TLS.',
  'reason.smpp.closed':
    'The SMSC closes the connection before the bind is answered. Ask the carrier whether it lets in the address of this box, and check port and TLS.',
  'reason.smpp.lost': 'The connection to the SMSC was lost; it is opened again.',
  'reason.smpp.no_tls': 'No TLS is spoken there. Check the port, or switch TLS off.',
  'reason.smpp.throttled': 'The SMSC asks to send slower. Sending goes on by itself within a minute.',
  'reason.host.refuses': 'Nothing listens at this host and port, or a firewall refuses.',
  'reason.host.silent': 'The host does not answer. Check host and port, and the firewall on the way.',
  'reason.host.unreachable': 'The host cannot be reached. Check the network.',
  'reason.host.unknown': 'The name of the host is not known. Check its spelling, and the network.',
  'reason.tls.expired': 'The certificate of the SMSC has expired. Tell the carrier.',
  'reason.tls.name': 'The certificate of the SMSC is for another host. Set the server name that it has.',
  'reason.tls.untrusted':
    'The certificate of the SMSC is of nobody that is trusted. Give the certificate of the authority that signed it.',
  'reason.upstream.asking': 'The provider is being asked whether it lets this box in.',
  'reason.upstream.away': 'The provider does not answer, or has a fault. The box tries again by itself.',
  'reason.upstream.closed': 'The provider does not let this box in. Check address, key and account.',
  'reason.upstream.penniless':
    'The account at the provider has too little credit. Add some there; sending goes on by itself.',
  'reason.upstream.paused': 'The provider asks to send slower; sending goes on by itself.',
} as const;
