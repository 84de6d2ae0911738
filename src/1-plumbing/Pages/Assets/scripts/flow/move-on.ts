/** Pages that need no decision: a form that sends itself, a link that follows itself. */
export function moveOn(): void {
  document.querySelector<HTMLFormElement>('form[data-autosubmit]')?.requestSubmit();
  afterFrames(document.querySelector('form[data-after-frames]'));
  const link = document.querySelector<HTMLAnchorElement>('a[data-follow]');
  if (link && /^https?:$/.test(link.protocol))
    location.replace(link.href);
}

/** Goes on once every frame has loaded, which the page's own load event says; a site that does not answer is not waited for. */
function afterFrames(form: HTMLFormElement | null): void {
  if (!form)
    return;
  let gone = false;
  const go = () => {
    if (!gone)
      form.requestSubmit();
    gone = true;
  };
  addEventListener('load', go);
  setTimeout(go, 5000);
}
