export const reasons = {
  'reason.of': '{carrier}: {words}',
  'reason.waiting': 'Waiting: {words}',
  'reason.waiting.no_carrier': 'no carrier is set up. Add a modem or another carrier.',
  'reason.waiting.all_off': 'every carrier is switched off. Switch one on.',
  'reason.waiting.empty_route': 'the route that fits names no carrier. Add one to it.',
  'reason.waiting.quiet_hours': 'quiet hours until {until}',
  'reason.waiting.campaign_paused': 'its campaign is paused. Resume the campaign to go on.',
  'reason.carrier.removed': 'its carrier is removed',
  'reason.carrier.off': '{carrier} is switched off',
  'reason.carrier.paused': '{carrier} is paused',
  'reason.carrier.resting': '{carrier} failed again and again and rests until {until}: {detail}',
  'reason.carrier.starting': '{carrier} is starting',
  'reason.carrier.stopped': '{carrier} is stopped',
  'reason.carrier.waiting': '{carrier} is not ready yet',
  'reason.carrier.faulty': '{carrier} is out of work',
  'reason.quota.minute': {
    one: '{carrier} has sent {count} part this minute, next at {until}',
    other: '{carrier} has sent {count} parts this minute, next at {until}',
  },
  'reason.quota.hour': {
    one: '{carrier} has sent {count} part this hour, next at {until}',
    other: '{carrier} has sent {count} parts this hour, next at {until}',
  },
  'reason.quota.day': {
    one: '{carrier} has sent {count} part today, next at {until}',
    other: '{carrier} has sent {count} parts today, next at {until}',
  },
  'reason.quota.month': {
    one: '{carrier} has sent {count} part this month, next at {until}',
    other: '{carrier} has sent {count} parts this month, next at {until}',
  },
} as const;
