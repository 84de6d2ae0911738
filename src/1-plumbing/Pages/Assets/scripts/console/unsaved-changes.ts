const question = 'Leave this page? What you changed here has not been saved.';

/** Asks before a form marked data-warn-unsaved is left with changes not sent. */
export function warnUnsaved(): void {
  const changed = new WeakSet<HTMLFormElement>();
  const formOf = (target: EventTarget | null) => target instanceof Element ? target.closest<HTMLFormElement>('form[data-warn-unsaved]') : null;
  const open = () => [...document.querySelectorAll<HTMLFormElement>('form[data-warn-unsaved]')].some(form => changed.has(form));

  document.addEventListener('input', event => {
    const form = formOf(event.target);
    if (form)
      changed.add(form);
  });
  // Turbo keeps the submit event of the forms that it sends to itself.
  for (const sent of ['submit', 'turbo:submit-start'])
    document.addEventListener(sent, event => {
      const form = formOf(event.target);
      if (form)
        changed.delete(form);
    });
  addEventListener('beforeunload', event => {
    if (open())
      event.preventDefault();
  });
  document.addEventListener('turbo:before-visit', event => {
    if (open() && !confirm(question))
      event.preventDefault();
  });
}
