const patience = 7000;

/** <toast-stack>: messages that leave by themselves, except those that need to be read. */
export class ToastStack extends HTMLElement {
  connectedCallback(): void {
    for (const toast of this.querySelectorAll<HTMLElement>('.toast'))
      this.arm(toast);
  }

  private arm(toast: HTMLElement): void {
    toast.querySelector('[data-dismiss]')?.addEventListener('click', () => toast.remove());
    if (toast.dataset['tone'] === 'Danger' || toast.dataset['tone'] === 'Warning')
      return;
    let timer = setTimeout(() => toast.remove(), patience);
    const pause = () => clearTimeout(timer);
    const resume = () => { timer = setTimeout(() => toast.remove(), patience); };
    toast.addEventListener('pointerenter', pause);
    toast.addEventListener('focusin', pause);
    toast.addEventListener('pointerleave', resume);
    toast.addEventListener('focusout', resume);
  }
}
