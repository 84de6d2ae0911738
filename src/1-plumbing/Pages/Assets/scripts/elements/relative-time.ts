const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_628_000], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60],
];

/** <relative-time>: "3 hours ago" in the page's language, kept true while the page is open; the exact local time on hover. */
export class RelativeTime extends HTMLElement {
  private timer: number | undefined;

  connectedCallback(): void {
    this.show();
    this.timer = window.setInterval(() => this.show(), 60_000);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  private show(): void {
    const time = this.querySelector('time');
    const at = new Date(time?.dateTime ?? '');
    if (!time || Number.isNaN(at.valueOf()))
      return;
    const language = document.documentElement.lang || undefined;
    const seconds = (at.valueOf() - Date.now()) / 1000;
    const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
    const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    time.textContent = Math.abs(seconds) < 60 ? words.format(0, 'second') : words.format(Math.round(seconds / size), unit);
    time.title = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  }
}
