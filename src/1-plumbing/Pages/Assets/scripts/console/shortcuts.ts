/** Keys of the console: "/" puts the cursor into the page's search. */
export function shortcuts(): void {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event))
      return;
    const field = document.querySelector<HTMLInputElement>(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (!field)
      return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
