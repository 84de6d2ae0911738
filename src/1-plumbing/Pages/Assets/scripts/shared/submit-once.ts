/** Ignores a second press of a submit button while the first answer is on its way. */
export function submitOnce(root: Document): void {
  root.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    // An answer shown in a frame leaves the form where it is, to be sent again.
    if (event.defaultPrevented || form.method === 'get' || event.submitter?.hasAttribute('formtarget'))
      return;
    if (form.dataset['sent'])
      event.preventDefault();
    form.dataset['sent'] = 'true';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
  // Back from the next page, the form may be sent again.
  addEventListener('pageshow', () => {
    for (const form of root.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
      delete form.dataset['sent'];
      form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
    }
  });
}
