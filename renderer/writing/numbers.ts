/** Numbers as people write or paste them: by lines, commas, semicolons, or spaces between whole numbers. */
export function parseNumbers(text: string): readonly string[] {
  return text
    .split(/[\n\r,;\t]+/u)
    .flatMap((piece) => {
      const words = piece.trim().split(/\s+/u);
      return words.every((word) => word.replaceAll(/\D/gu, '').length >= 9) ? words : [piece.trim()];
    })
    .filter((number) => number !== '');
}
