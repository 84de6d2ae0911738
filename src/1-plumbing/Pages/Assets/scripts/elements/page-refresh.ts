import * as Turbo from '@hotwired/turbo';

/** <page-refresh seconds="2">: loads the page again after a while, for as long as the page says so. */
export class PageRefresh extends HTMLElement {
  private timer: number | undefined;

  connectedCallback(): void {
    const seconds = Number(this.getAttribute('seconds')) || 5;
    this.timer = window.setTimeout(() => Turbo.visit(location.href, { action: 'replace' }), seconds * 1000);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }
}
