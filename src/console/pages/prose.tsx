/** Our own sentences: what stands between backticks is a command. */
export function Prose({ text }: { readonly text: string }) {
  return <>{text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
