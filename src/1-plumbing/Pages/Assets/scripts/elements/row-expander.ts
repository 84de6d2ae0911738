/** <row-expander>: opens the details row that its link names, and keeps the address as the server would write it. */
export class RowExpander extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector('a');
    if (!link)
      return;
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      event.preventDefault();
      this.toggle(link);
    });
    // The link says it is a button, so it answers to the space bar too.
    link.addEventListener('keydown', event => {
      if (event.key !== ' ')
        return;
      event.preventDefault();
      this.toggle(link);
    });
  }

  private toggle(link: HTMLAnchorElement): void {
    const row = document.getElementById(link.getAttribute('aria-controls') ?? '');
    if (!row)
      return;
    row.hidden = !row.hidden;
    link.setAttribute('aria-expanded', String(!row.hidden));
  }
}
