type Service = { execute?: () => unknown; ready?: (work: () => void) => void };
type Page = { posternCaptcha?: () => void; grecaptcha?: Service; hcaptcha?: Service };

/** Services that work unseen are started here; a token sends the form by itself where nothing is shown. */
export function captcha(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-captcha]');
  if (!form)
    return;
  const page = window as unknown as Page;
  page.posternCaptcha = () => form.requestSubmit();
  if (form.dataset['captcha'] !== 'unseen')
    return;
  addEventListener('load', () => {
    const service = page.grecaptcha ?? page.hcaptcha;
    if (service?.ready)
      service.ready(() => service.execute?.());
    else
      service?.execute?.();
  });
}
