const frameId = 'modal';

/** <modal-dialog>: shows what a link with data-turbo-frame="modal" answers in a dialog; a redirect out of it becomes a visit of the page. */
export class ModalDialog extends HTMLElement {
  private dialog: HTMLDialogElement | undefined;
  private dirty = false;

  connectedCallback(): void {
    // On the form's own page the frame is already there: links and forms then work in the page.
    if (document.getElementById(frameId))
      return;
    this.dialog = document.createElement('dialog');
    this.dialog.setAttribute('aria-labelledby', 'modal-title');
    const frame = document.createElement('turbo-frame');
    frame.id = frameId;
    this.dialog.append(frame);
    this.append(this.dialog);

    frame.addEventListener('turbo:frame-load', () => this.open());
    frame.addEventListener('turbo:frame-missing', event => {
      event.preventDefault();
      this.dirty = false;
      const response = (event as CustomEvent<{ response: Response; visit: (to: Response, options: object) => void }>).detail;
      response.visit(response.response, { action: 'replace' });
      this.dialog?.close();
    });
    this.dialog.addEventListener('input', () => { this.dirty = true; });
    this.dialog.addEventListener('cancel', event => {
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener('click', event => {
      const target = event.target as Element;
      if (target === this.dialog)
        this.leave();
      else if (target.closest('[data-modal-close]')) {
        event.preventDefault();
        this.shut();
      }
    });
    this.dialog.addEventListener('close', () => { frame.replaceChildren(); frame.removeAttribute('src'); this.dirty = false; });
    this.dialog.addEventListener('turbo:submit-end', event => {
      const result = (event as CustomEvent<{ fetchResponse?: { response: Response } }>).detail.fetchResponse?.response;
      if (result?.redirected)
        this.dirty = false;
    });
  }

  disconnectedCallback(): void {
    this.dialog?.remove();
    this.dialog = undefined;
  }

  private open(): void {
    if (this.dialog?.querySelector('.modal-page') && !this.dialog.open)
      this.dialog.showModal();
    this.dialog?.querySelector<HTMLElement>('[data-focus], [autofocus]')?.focus();
  }

  /** A press outside or Escape keeps what was typed. */
  private leave(): void {
    if (!this.dirty)
      this.shut();
  }

  private shut(): void {
    this.dialog?.close();
  }
}

// The same form as a page of its own: what it leads to is a whole page too.
document.addEventListener('turbo:frame-missing', event => {
  if (event.defaultPrevented)
    return;
  event.preventDefault();
  const missing = (event as CustomEvent<{ response: Response; visit: (to: Response, options: object) => void }>).detail;
  missing.visit(missing.response, { action: 'replace' });
});
