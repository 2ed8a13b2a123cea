/** The box's sign. */
export function Mark({ size }: { readonly size: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}
