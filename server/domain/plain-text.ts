/** Texts in the form in which words in them are compared. */

/** Space, and characters that show nothing: Thai keyboards leave zero-width spaces behind. */
const emptySpace = /[\s\p{Cf}]/u;
const ending = /[\s\p{Cf}\p{P}]/u;

/** The text without space round it and punctuation after it, in one case and one normal form. */
export function plainWord(text: string): string {
  const normal = text.normalize('NFC');
  let from = 0;
  let to = normal.length;
  while (from < to && emptySpace.test(normal.charAt(from))) from += 1;
  while (to > from && ending.test(normal.charAt(to - 1))) to -= 1;
  return inOneCase(normal.slice(from, to));
}

/** The whole text in one case and one normal form, each run of space as one, without characters that show nothing. */
export function plainText(text: string): string {
  return inOneCase(
    text
      .normalize('NFC')
      .replaceAll(/\p{Cf}+/gu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  );
}

function inOneCase(text: string): string {
  // Upper case first: it brings letters together that lower case alone keeps apart.
  return text.toUpperCase().toLowerCase().normalize('NFC');
}
