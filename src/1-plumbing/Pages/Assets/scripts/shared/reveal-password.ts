/** Shows the button beside a password field and lets it switch between dots and text. */
export function revealPasswords(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-reveal]')) {
    const field = document.getElementById(button.dataset['reveal'] ?? '');
    if (!(field instanceof HTMLInputElement) || !button.hidden)
      continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      const shown = field.type === 'password';
      field.type = shown ? 'text' : 'password';
      button.setAttribute('aria-pressed', String(shown));
      field.focus();
    });
    // A password must not stay readable in the browser's memory of forms.
    field.form?.addEventListener('submit', () => { field.type = 'password'; });
  }
}
