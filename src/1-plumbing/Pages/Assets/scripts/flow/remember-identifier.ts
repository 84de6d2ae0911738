const key = 'postern-identifier';

/** "Remember me on this device": keeps the identifier in this browser and fills it in next time. */
export function rememberIdentifier(): void {
  const box = document.querySelector<HTMLInputElement>('input[data-remember-identifier]');
  const field = document.querySelector<HTMLInputElement>('input[name="uid_field"]');
  if (!box || !field)
    return;
  const known = localStorage.getItem(key);
  if (known) {
    box.checked = true;
    field.value ||= known;
  }
  field.form?.addEventListener('submit', () => {
    if (box.checked)
      localStorage.setItem(key, field.value);
    else
      localStorage.removeItem(key);
  });
}
