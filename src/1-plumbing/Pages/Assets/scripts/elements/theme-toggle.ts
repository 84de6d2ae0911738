const cookie = 'postern_theme';
const year = 31_536_000;

/** <theme-toggle>: keeps the choice in the cookie that the server reads, and shows it at once. */
export class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('submit', event => {
      const button = (event as SubmitEvent).submitter;
      if (!(button instanceof HTMLButtonElement))
        return;
      event.preventDefault();
      const secure = location.protocol === 'https:' ? '; secure' : '';
      document.cookie = `${cookie}=${button.value}; path=/; max-age=${year}; samesite=lax${secure}`;
      document.documentElement.dataset['bsTheme'] = button.value;
      document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', button.value === 'auto' ? 'light dark' : button.value);
      for (const other of this.querySelectorAll('button'))
        other.setAttribute('aria-pressed', String(other === button));
    });
  }
}
