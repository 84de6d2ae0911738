/** <select-rows>: select all, the number of chosen rows, and actions that wait for a choice. */
export class SelectRows extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('change', event => {
      const box = event.target;
      if (box instanceof HTMLInputElement && box.matches('[data-select-all]'))
        for (const row of this.boxes())
          row.checked = box.checked;
      this.show();
    });
    this.show();
  }

  private boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[data-select]')];
  }

  private show(): void {
    const boxes = this.boxes();
    const chosen = boxes.filter(box => box.checked);
    for (const box of boxes)
      box.closest('tr')?.classList.toggle('is-selected', box.checked);
    const all = this.querySelector<HTMLInputElement>('[data-select-all]');
    if (all) {
      all.checked = chosen.length > 0 && chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-needs-selection]'))
      button.disabled = chosen.length === 0;
    const count = this.querySelector('[data-selected]');
    if (count)
      count.textContent = chosen.length > 0 ? `${chosen.length} selected` : '';
  }
}
