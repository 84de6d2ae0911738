/** Pages that need no decision: a form that sends itself, a link that follows itself. */
export function moveOn(): void {
  document.querySelector<HTMLFormElement>('form[data-autosubmit]')?.requestSubmit();
  const link = document.querySelector<HTMLAnchorElement>('a[data-follow]');
  if (link && /^https?:$/.test(link.protocol))
    location.replace(link.href);
}
