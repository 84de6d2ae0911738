/** <local-datetime>: shows a UTC field in the person's own zone and posts the moment with its offset. */
export class LocalDateTime extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>('input[type="datetime-local"]');
    if (!field || !field.name)
      return;
    const sent = document.createElement('input');
    sent.type = 'hidden';
    sent.name = field.name;
    sent.disabled = field.disabled;
    // The name moves to the hidden field: a stored UTC moment there, the local one in front of the person.
    field.removeAttribute('name');
    for (const key of ['value', 'min', 'max'] as const)
      field[key] = toLocal(field[key]);
    const write = () => { sent.value = field.value ? new Date(field.value).toISOString() : ''; };
    field.addEventListener('input', write);
    write();
    this.append(sent);
    const zone = this.querySelector('[data-zone]');
    if (zone)
      zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ');
  }
}

function toLocal(utc: string): string {
  const at = new Date(`${utc}Z`);
  if (Number.isNaN(at.valueOf()))
    return '';
  return new Date(at.valueOf() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
