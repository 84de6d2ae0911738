const pause = 500;

/** <live-preview>: presses the form's preview button when the page opens and whenever typing pauses. */
export class LivePreview extends HTMLElement {
  private timer: number | undefined;

  connectedCallback(): void {
    this.addEventListener('input', this.later);
    this.addEventListener('change', this.later);
    // What a button was pressed for stays in view.
    this.addEventListener('submit', () => clearTimeout(this.timer));
    this.later();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private readonly later = (): void => {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const button = this.querySelector<HTMLButtonElement>('[data-preview]');
      button?.form?.requestSubmit(button);
    }, pause);
  };
}
