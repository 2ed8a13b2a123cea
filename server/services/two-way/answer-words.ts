const words: Readonly<Record<string, string>> = {
  no_number: 'Its sender is no number that the box sends to.',
  own_number: "The number is one of the box's own.",
  blocked: 'The number is on the blocklist.',
  too_many: 'The number got as many automatic answers as settings allow for now.',
  loop: 'It looks like two machines that answer each other.',
  'credit.insufficient': 'The account has not enough credits.',
  'sender.not_approved': 'The account has no approved sender name for it.',
  'message.too_long': 'With what was filled in the text became too long.',
  'message.link_not_registered': 'The text links to a host that is not registered.',
  'message.link_shortened': 'The text has a shortened link.',
};

/** Why an answer was not sent, for a person; null when nothing kept it back. */
export function reasonWords(reason: string | null): string | null {
  if (reason === null) return null;
  return words[reason] ?? `The message was refused: ${reason}.`;
}
