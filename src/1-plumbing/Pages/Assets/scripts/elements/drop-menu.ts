/** <drop-menu>: a details element that closes when one is done with it. */
export class DropMenu extends HTMLElement {
  private readonly leave = (event: Event): void => {
    if (!this.contains(event.target as Node))
      this.close();
  };

  connectedCallback(): void {
    document.addEventListener('pointerdown', this.leave);
    document.addEventListener('focusin', this.leave);
    this.addEventListener('keydown', event => {
      const details = this.querySelector('details');
      if (event.key !== 'Escape' || !details?.open)
        return;
      this.close();
      this.querySelector('summary')?.focus();
    });
  }

  disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.leave);
    document.removeEventListener('focusin', this.leave);
  }

  private close(): void {
    this.querySelector('details')?.removeAttribute('open');
  }
}
